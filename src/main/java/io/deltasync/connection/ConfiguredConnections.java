package io.deltasync.connection;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

import javax.sql.DataSource;

import io.deltasync.api.Connections;
import io.deltasync.config.ConfigurationException;
import io.deltasync.config.ConfigurationProblem;
import io.deltasync.config.ConfigurationReader;
import io.deltasync.config.LinkNames;
import io.deltasync.config.NearestName;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.core.env.Environment;

/**
 * The connections that are configured under {@code deltasync.connections}. Safe for use
 * by many threads.
 */
public final class ConfiguredConnections implements Connections, AutoCloseable {

	private final Map<String, ConnectionPool> pools = new LinkedHashMap<>();

	private final Set<String> names;

	private final Set<ConfigurationProblem> problems;

	/**
	 * Reads the connections. Does not throw when one of them cannot be used, so that
	 * {@code Links} can report that together with everything else; asking for it does.
	 * @param environment where they are configured
	 */
	public ConfiguredConnections(Environment environment) {
		ConfigurationReader reader = new ConfigurationReader(environment);
		Set<String> bulk = bulkTargets(reader);
		ConnectionSettings.readAll(reader)
			.forEach((name, settings) -> this.pools.put(name,
					new ConnectionPool(name, bulk.contains(name) ? settings.forBulkLoads() : settings)));
		this.names = reader.tree().children(ConnectionSettings.ROOT).keySet();
		this.problems = reader.problems();
	}

	/**
	 * The connections of targets that are loaded in bulk. What is wrong is for Links to
	 * say.
	 */
	private static Set<String> bulkTargets(ConfigurationReader reader) {
		Set<String> connections = new HashSet<>();
		reader.tree().children(LinkNames.ROOT).values().forEach((link) -> {
			ConfigurationPropertyName target = link.append("target");
			try {
				if (Boolean.TRUE
					.equals(reader.binder().bind(target.append("bulk"), Bindable.of(Boolean.class)).orElse(false))) {
					connections
						.add(reader.binder().bind(target.append("connection"), Bindable.of(String.class)).orElse(""));
				}
			}
			catch (BindException | IllegalArgumentException ex) {
				return;
			}
		});
		return connections;
	}

	/**
	 * Finds a connection.
	 * @param name its name
	 * @return the pool, the same one at each call; it connects when it is first used, and
	 * then throws a {@link ConnectionUnavailableException} when it cannot
	 * @throws IllegalArgumentException when there is no such name
	 * @throws ConfigurationException when it is there but cannot be used
	 */
	@Override
	public DataSource get(String name) {
		return pool(name);
	}

	@Override
	public String location(String name) {
		return pool(name).location();
	}

	private ConnectionPool pool(String name) {
		ConnectionPool pool = this.pools.get(name);
		if (pool != null) {
			return pool;
		}
		if (this.names.contains(name)) {
			throw new ConfigurationException(this.problems);
		}
		throw new IllegalArgumentException(
				"There is no connection '%s'%s; %s".formatted(name, NearestName.hint(name, this.names),
						this.names.isEmpty() ? "none is configured under " + ConnectionSettings.ROOT
								: "configured are: " + String.join(", ", this.names)));
	}

	@Override
	public void close() {
		this.pools.values().forEach(ConnectionPool::close);
	}

	@Override
	public String toString() {
		return "ConfiguredConnections" + this.names;
	}

}
