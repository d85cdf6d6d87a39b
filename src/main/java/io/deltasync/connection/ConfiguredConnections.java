package io.deltasync.connection;

import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import javax.sql.DataSource;

import io.deltasync.api.ConnectionType;
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
 * The connections configured under {@code deltasync.connections}. Thread-safe.
 */
public final class ConfiguredConnections implements Connections, AutoCloseable {

	private final Map<String, ConnectionPool> pools = new LinkedHashMap<>();

	private final AllConnections all;

	private final Set<String> names;

	private final Set<ConfigurationProblem> problems;

	/**
	 * Reads the connections. Does not throw if one of them is invalid, so that
	 * {@code Links} can report all problems together; {@link #get} does.
	 * @param environment the environment with the configuration
	 * @param types the types of connections beside {@code jdbc}
	 */
	public ConfiguredConnections(Environment environment, Collection<? extends ConnectionType<?>> types) {
		ConfigurationReader reader = new ConfigurationReader(environment);
		Set<String> bulk = bulkTargets(reader);
		this.all = AllConnections.read(reader, types);
		this.all.databases()
			.forEach((name, settings) -> this.pools.put(name,
					new ConnectionPool(name, bulk.contains(name) ? settings.forBulkLoads() : settings)));
		this.names = reader.tree().children(ConnectionSettings.ROOT).keySet();
		this.problems = reader.problems();
	}

	/**
	 * Returns the connections of targets that are loaded in bulk. Ignores invalid values,
	 * which Links reports.
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
	 * Returns the connection pool with the given name.
	 * @param name the name
	 * @return the pool, always the same one for a name; it connects when it is first
	 * used, and throws a {@link ConnectionUnavailableException} if it cannot
	 * @throws IllegalArgumentException if there is no such name, or if it is the name of
	 * a connection of another type
	 * @throws ConfigurationException if the connection's configuration is invalid
	 */
	@Override
	public DataSource get(String name) {
		return pool(name);
	}

	@Override
	public String type(String name) {
		String type = this.all.type(name);
		if (type == null) {
			throw unusable(name, AllConnections.JDBC);
		}
		return type;
	}

	@Override
	public <S> S settings(String name, ConnectionType<S> type) {
		AllConnections.Other<?> other = this.all.others().get(name);
		if (other == null || !other.type().name().equals(type.name())) {
			throw unusable(name, type.name());
		}
		return type.settingsType().cast(other.settings());
	}

	@Override
	public String location(String name) {
		String location = this.all.location(name);
		return (location != null) ? location : pool(name).location();
	}

	/**
	 * Lists the connections and the use of their pools.
	 * @return one entry for each valid connection, in the order of the configuration
	 */
	public List<PoolUse> uses() {
		return this.pools.values().stream().map(ConnectionPool::use).toList();
	}

	private ConnectionPool pool(String name) {
		ConnectionPool pool = this.pools.get(name);
		if (pool != null) {
			return pool;
		}
		throw unusable(name, AllConnections.JDBC);
	}

	private RuntimeException unusable(String name, String type) {
		String actual = this.all.type(name);
		if (actual != null) {
			return new IllegalArgumentException(
					"connection '%s' has the type %s; name a connection of the type %s".formatted(name, actual, type));
		}
		if (this.names.contains(name)) {
			return new ConfigurationException(this.problems);
		}
		return new IllegalArgumentException(
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
