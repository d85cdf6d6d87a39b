package io.deltasync.file.s3;

import java.util.function.Function;

import javax.net.ssl.SSLContext;

import io.deltasync.api.Connections;
import io.deltasync.file.store.FileStore;
import io.deltasync.file.store.RemotePlaces;

/**
 * Parts of buckets. Thread-safe.
 */
public final class S3Places implements RemotePlaces, AutoCloseable {

	private final Connections connections;

	private final S3ConnectionType type = new S3ConnectionType();

	private final S3Clients clients;

	/**
	 * Creates the places. Connects to nothing.
	 * @param connections has the settings of the buckets
	 * @param sslBundles returns the certificates of a bundle, or throws
	 */
	public S3Places(Connections connections, Function<String, SSLContext> sslBundles) {
		this.connections = connections;
		this.clients = new S3Clients(sslBundles);
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
	public FileStore open(String connection, String directory) {
		S3Settings settings = this.connections.settings(connection, this.type);
		S3Address address = S3Address.of(settings.url());
		String root = address.prefix().isEmpty() ? directory
				: directory.isEmpty() ? address.prefix() : address.prefix() + "/" + directory;
		S3Bucket bucket = new S3Bucket(this.clients.get(connection, settings), address.bucket(),
				location(connection, directory), root.isEmpty() ? "" : root + "/");
		return new S3Store(bucket, Math.toIntExact(settings.partSize().toBytes()));
	}

	@Override
	public void close() {
		this.clients.close();
	}

}
