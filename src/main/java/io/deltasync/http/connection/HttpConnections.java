package io.deltasync.http.connection;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Supplier;

import javax.net.ssl.SSLContext;

import io.deltasync.api.Connections;

/**
 * The connections of the type {@code http}. Thread-safe.
 */
public final class HttpConnections implements AutoCloseable {

	private final Connections connections;

	private final HttpConnectionType type = new HttpConnectionType();

	private final Map<String, HttpConnection> open = new ConcurrentHashMap<>();

	private final Supplier<? extends SharedState> state;

	private final Function<String, SSLContext> sslBundles;

	/**
	 * Creates the connections. Connects to nothing.
	 * @param connections has their settings
	 * @param state what they share with other processes; asked for when it is needed
	 * @param sslBundles returns the certificates of a bundle, or throws
	 */
	public HttpConnections(Connections connections, Supplier<RepositoryState> state,
			Function<String, SSLContext> sslBundles) {
		this.sslBundles = sslBundles;
		this.connections = connections;
		this.state = state;
	}

	/**
	 * Creates connections of a process that shares nothing with others.
	 * @param connections has their settings
	 */
	public HttpConnections(Connections connections) {
		this.connections = connections;
		this.sslBundles = (name) -> {
			throw new IllegalArgumentException("There is no SSL bundle '%s'".formatted(name));
		};
		ProcessState own = new ProcessState();
		this.state = () -> own;
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
				(missing) -> new HttpConnection(missing, settings, this.type.location(settings), this.state,
						(settings.sslBundle() != null) ? this.sslBundles.apply(settings.sslBundle()) : null));
	}

	@Override
	public void close() {
		this.open.values().forEach(HttpConnection::close);
	}

}
