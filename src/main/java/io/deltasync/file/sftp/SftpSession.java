package io.deltasync.file.sftp;

import java.io.Closeable;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketAddress;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PublicKey;

import io.deltasync.api.AbortRunException;
import io.deltasync.api.Interruptions;
import org.apache.sshd.client.SshClient;
import org.apache.sshd.client.keyverifier.KnownHostsServerKeyVerifier;
import org.apache.sshd.client.keyverifier.RejectAllServerKeyVerifier;
import org.apache.sshd.client.keyverifier.ServerKeyVerifier;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.config.keys.FilePasswordProvider;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.digest.BuiltinDigests;
import org.apache.sshd.common.util.security.SecurityUtils;
import org.apache.sshd.core.CoreModuleProperties;
import org.apache.sshd.sftp.client.SftpClient;
import org.apache.sshd.sftp.client.SftpClientFactory;
import org.jspecify.annotations.Nullable;

/**
 * A session with a server, which is opened when it is needed, and again if it has ended.
 * Not thread-safe.
 */
final class SftpSession implements Closeable {

	private final SshClient client;

	private final SftpSettings settings;

	private @Nullable ClientSession session;

	private @Nullable SftpClient sftp;

	/** Ends the session when the run that reads must end. */
	private Interruptions.@Nullable Wait stop;

	SftpSession(SshClient client, SftpSettings settings) {
		this.client = client;
		this.settings = settings;
	}

	SftpClient sftp() throws IOException {
		if (this.sftp == null || !this.sftp.isOpen()) {
			close();
			ClientSession opened = connect();
			this.session = opened;
			this.stop = Interruptions.begin(() -> opened.close(true));
			this.sftp = SftpClientFactory.instance().createSftpClient(opened);
		}
		return this.sftp;
	}

	private ClientSession connect() throws IOException {
		SftpAddress address = SftpAddress.of(this.settings.url());
		HostKey hostKey = new HostKey(verifier());
		ClientSession opened;
		try {
			opened = this.client.connect(this.settings.username(), address.host(), address.port())
				.verify(this.settings.connectTimeout())
				.getSession();
		}
		catch (IOException ex) {
			throw unavailable(address, ex);
		}
		opened.setServerKeyVerifier(hostKey);
		CoreModuleProperties.IDLE_TIMEOUT.set(opened, this.settings.readTimeout());
		try {
			login(opened);
			return opened;
		}
		catch (IOException ex) {
			opened.close(true);
			if (hostKey.refused != null) {
				throw new AbortRunException(
						"The key of %s is not known: its fingerprint is %s. If that is right, add the key to known-hosts, or set fingerprint"
							.formatted(address.location(), hostKey.refused));
			}
			if (String.valueOf(ex.getMessage()).contains("authentication")) {
				throw new AbortRunException(
						"%s refuses the user %s".formatted(address.location(), this.settings.username()), ex);
			}
			throw unavailable(address, ex);
		}
	}

	private void login(ClientSession opened) throws IOException {
		if (this.settings.password() != null) {
			opened.addPasswordIdentity(this.settings.password());
		}
		if (this.settings.privateKey() != null) {
			for (KeyPair pair : keys(this.settings.privateKey())) {
				opened.addPublicKeyIdentity(pair);
			}
		}
		opened.auth().verify(this.settings.connectTimeout());
	}

	private Iterable<KeyPair> keys(Path file) throws IOException {
		String password = this.settings.privateKeyPassword();
		try {
			return SecurityUtils.getKeyPairResourceParser()
				.loadKeyPairs(null, file,
						(password != null) ? FilePasswordProvider.of(password) : FilePasswordProvider.EMPTY);
		}
		catch (GeneralSecurityException ex) {
			throw new AbortRunException("The private key in %s cannot be read".formatted(file), ex);
		}
	}

	private static IOException unavailable(SftpAddress address, IOException cause) {
		ConnectException failure = new ConnectException(
				"%s is not available: %s".formatted(address.location(), cause.getMessage()));
		failure.initCause(cause);
		return failure;
	}

	private ServerKeyVerifier verifier() {
		String fingerprint = this.settings.fingerprint();
		if (fingerprint != null) {
			return (session, address, key) -> fingerprint.equals(fingerprint(key));
		}
		Path knownHosts = (this.settings.knownHosts() != null) ? this.settings.knownHosts()
				: Path.of(System.getProperty("user.home"), ".ssh", "known_hosts");
		return new KnownHostsServerKeyVerifier(RejectAllServerKeyVerifier.INSTANCE, knownHosts);
	}

	private static String fingerprint(PublicKey key) {
		return KeyUtils.getFingerPrint(BuiltinDigests.sha256, key);
	}

	@Override
	public void close() throws IOException {
		if (this.stop != null) {
			this.stop.close();
		}
		if (this.sftp != null) {
			this.sftp.close();
		}
		if (this.session != null) {
			this.session.close();
		}
		this.sftp = null;
		this.session = null;
	}

	/** Remembers the key that was refused. */
	private static final class HostKey implements ServerKeyVerifier {

		private final ServerKeyVerifier verifier;

		private volatile @Nullable String refused;

		private HostKey(ServerKeyVerifier verifier) {
			this.verifier = verifier;
		}

		@Override
		public boolean verifyServerKey(ClientSession session, SocketAddress address, PublicKey key) {
			boolean known = this.verifier.verifyServerKey(session, address, key);
			this.refused = known ? null : fingerprint(key);
			return known;
		}

	}

}
