package io.deltasync.file.sftp;

import java.io.IOException;

import io.deltasync.api.Connections;
import io.deltasync.file.store.FileStore;
import io.deltasync.file.store.RemotePlaces;
import org.apache.sshd.client.SshClient;
import org.apache.sshd.client.config.hosts.HostConfigEntryResolver;
import org.apache.sshd.common.keyprovider.KeyIdentityProvider;
import org.jspecify.annotations.Nullable;

/**
 * Directories on SFTP servers. Thread-safe.
 */
public final class SftpPlaces implements RemotePlaces, AutoCloseable {

	private final Connections connections;

	private final SftpConnectionType type = new SftpConnectionType();

	private @Nullable SshClient client;

	/**
	 * Creates the places. Connects to nothing.
	 * @param connections has the settings of the servers
	 */
	public SftpPlaces(Connections connections) {
		this.connections = connections;
	}

	@Override
	public String type() {
		return this.type.name();
	}

	@Override
	public boolean has(String connection) {
		return this.connections.type(connection).equals(type());
	}

	@Override
	public String location(String connection, String directory) {
		String location = this.type.location(this.connections.settings(connection, this.type));
		return directory.isEmpty() ? location : location + "/" + directory;
	}

	@Override
	public FileStore open(String connection, String directory) throws IOException {
		SftpSettings settings = this.connections.settings(connection, this.type);
		return new SftpStore(new SftpSession(client(), settings), location(connection, directory),
				SftpAddress.of(settings.url()).directory() + (directory.isEmpty() ? "" : "/" + directory));
	}

	private synchronized SshClient client() {
		if (this.client == null) {
			SshClient created = SshClient.setUpDefaultClient();
			// nothing of the account that DeltaSync runs under is used
			created.setKeyIdentityProvider(KeyIdentityProvider.EMPTY_KEYS_PROVIDER);
			created.setHostConfigEntryResolver(HostConfigEntryResolver.EMPTY);
			created.start();
			this.client = created;
		}
		return this.client;
	}

	@Override
	public synchronized void close() {
		if (this.client != null) {
			this.client.stop();
		}
	}

}
