package io.deltasync.connection;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

import io.deltasync.api.ConnectionType;
import io.deltasync.config.ConfigurationReader;
import io.deltasync.config.NearestName;
import io.deltasync.config.Section;
import org.jspecify.annotations.Nullable;

/**
 * The settings of all connections without problems.
 *
 * @param databases those of the type {@code jdbc}, by name
 * @param others those of other types, by name
 */
public record AllConnections(Map<String, ConnectionSettings> databases, Map<String, Other<?>> others) {

	/** The type of a connection that does not name one. */
	public static final String JDBC = "jdbc";

	private static final String TYPE = "type";

	/** Types that DeltaSync has where their libraries are, from type to libraries. */
	private static final Map<String, String> LIBRARIES = Map.of("http",
			"org.apache.httpcomponents.client5:httpclient5 and those of the adapter file", "sftp",
			"org.apache.sshd:sshd-sftp and those of the adapter file", "s3",
			"software.amazon.awssdk:s3, software.amazon.awssdk:apache5-client and those of the adapter file");

	/**
	 * Reads all connections.
	 * @param reader the configuration, which collects the problems
	 * @param types the types of connections beside {@code jdbc}
	 * @return the connections without problems
	 */
	public static AllConnections read(ConfigurationReader reader, Collection<? extends ConnectionType<?>> types) {
		Map<String, ConnectionType<?>> known = new LinkedHashMap<>();
		types.forEach((type) -> known.put(type.name(), type));
		AllConnections connections = new AllConnections(new LinkedHashMap<>(), new LinkedHashMap<>());
		reader.sections(ConnectionSettings.ROOT, false).forEach((name, section) -> {
			connections.add(name, section, known);
			section.problems().forEach(reader::note);
		});
		return connections;
	}

	private void add(String name, Section section, Map<String, ConnectionType<?>> types) {
		// known even if it is absent
		section.part(TYPE);
		String written = (section.peek(TYPE) != null) ? section.text(TYPE, "leave it out for a database") : JDBC;
		String typeName = (written != null) ? written.strip().toLowerCase(Locale.ROOT) : JDBC;
		ConnectionType<?> type = types.get(typeName);
		if (type != null) {
			Other<?> other = Other.read(section, type);
			if (other != null) {
				this.others.put(name, other);
			}
		}
		else if (typeName.equals(JDBC)) {
			ConnectionSettings settings = ConnectionSettings.read(section);
			if (settings != null) {
				this.databases.put(name, settings);
			}
		}
		else if (LIBRARIES.containsKey(typeName)) {
			section.problem(TYPE,
					"is '%s', whose libraries are missing; add %s".formatted(typeName, LIBRARIES.get(typeName)));
		}
		else {
			List<String> all = Stream.concat(Stream.of(JDBC), types.keySet().stream().sorted()).toList();
			section.problem(TYPE, "is '%s'%s; known types of connections are: %s".formatted(typeName,
					NearestName.hint(typeName, all), String.join(", ", all)));
		}
	}

	/**
	 * Returns the type of a connection.
	 * @param name the connection's name
	 * @return the type; null if there is no such connection, or if it has problems
	 */
	@Nullable String type(String name) {
		Other<?> other = this.others.get(name);
		return (other != null) ? other.type().name() : this.databases.containsKey(name) ? JDBC : null;
	}

	/**
	 * Returns the place that a connection leads to.
	 * @param name the connection's name
	 * @return the place, without secrets; null if there is no such connection, or if it
	 * has problems
	 */
	public @Nullable String location(String name) {
		ConnectionSettings database = this.databases.get(name);
		Other<?> other = this.others.get(name);
		return (database != null) ? database.location() : (other != null) ? other.location() : null;
	}

	/**
	 * A connection of another type than {@code jdbc}.
	 *
	 * @param <S> the type of its settings
	 * @param type its type
	 * @param settings its settings
	 */
	record Other<S>(ConnectionType<S> type, S settings) {

		static <S> @Nullable Other<S> read(Section section, ConnectionType<S> type) {
			S settings = section.bind(type.settingsType());
			section.finish();
			if (settings == null || !section.isComplete()) {
				return null;
			}
			Map<String, String> problems = type.problems(settings);
			problems.forEach(section::problem);
			return problems.isEmpty() ? new Other<>(type, settings) : null;
		}

		String location() {
			return this.type.location(this.settings);
		}

	}

}
