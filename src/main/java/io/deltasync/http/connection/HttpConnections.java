package io.deltasync.http.connection;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import io.deltasync.api.Connections;

/**
 * The connections of the type {@code http}. Thread-safe.
 */
public final class HttpConnections implements AutoCloseable {

	private final Connections connections;

	private final HttpConnectionType type = new HttpConnectionType();

	private final Map<String, HttpConnection> open = new ConcurrentHashMap<>();

	/**
	 * Creates the connections. Connects to nothing.
	 * @param connections has their settings
	 */
	public HttpConnections(Connections connections) {
		this.connections = connections;
	}

	/**
	 * Returns a connection.
	 * @param name a name under {@code deltasync.connections}
	 * @return the connection, always the same one for a name; it must not be closed
	 * @throws IllegalArgumentException if there is no connection of the type {@code http}
	 * with this name; the message says what there is
	 */
	public HttpConnection get(String name) {
		HttpSettings settings = this.connections.settings(name, this.type);
		return this.open.computeIfAbsent(name,
				(missing) -> new HttpConnection(missing, settings, this.type.location(settings)));
	}

	@Override
	public void close() {
		this.open.values().forEach(HttpConnection::close);
	}

}
