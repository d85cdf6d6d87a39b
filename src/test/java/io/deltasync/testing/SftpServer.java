package io.deltasync.testing;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.digest.BuiltinDigests;
import org.apache.sshd.common.file.virtualfs.VirtualFileSystemFactory;
import org.apache.sshd.common.keyprovider.KeyPairProvider;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.sftp.server.SftpSubsystemFactory;

/**
 * A server of Apache MINA SSHD, with the user {@code reader}, whose password is
 * {@code secret}.
 */
public final class SftpServer implements AutoCloseable {

	private final SshServer server;

	private final KeyPair hostKey;

	private final KeyPair userKey;

	private SftpServer(SshServer server, KeyPair hostKey, KeyPair userKey) {
		this.server = server;
		this.hostKey = hostKey;
		this.userKey = userKey;
	}

	/**
	 * Starts a server.
	 * @param files the directory that it shows as its root
	 */
	public static SftpServer start(Path files) throws IOException, GeneralSecurityException {
		KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
		generator.initialize(256);
		KeyPair hostKey = generator.generateKeyPair();
		KeyPair userKey = generator.generateKeyPair();
		SshServer server = SshServer.setUpDefaultServer();
		server.setHost("127.0.0.1");
		server.setKeyPairProvider(KeyPairProvider.wrap(hostKey));
		server
			.setPasswordAuthenticator((user, password, session) -> user.equals("reader") && password.equals("secret"));
		server.setPublickeyAuthenticator((user, key, session) -> KeyUtils.compareKeys(key, userKey.getPublic()));
		server.setFileSystemFactory(new VirtualFileSystemFactory(files));
		server.setSubsystemFactories(List.of(new SftpSubsystemFactory.Builder().build()));
		server.start();
		return new SftpServer(server, hostKey, userKey);
	}

	/** Returns the settings of a connection to the directory {@code export}. */
	public Map<String, String> settings() {
		return new HashMap<>(Map.of("url", "sftp://127.0.0.1:%d/export".formatted(port()), "username", "reader",
				"password", "secret", "fingerprint",
				KeyUtils.getFingerPrint(BuiltinDigests.sha256, this.hostKey.getPublic())));
	}

	public int port() {
		return this.server.getPort();
	}

	public KeyPair hostKey() {
		return this.hostKey;
	}

	public KeyPair userKey() {
		return this.userKey;
	}

	@Override
	public void close() throws IOException {
		this.server.stop(true);
	}

}
