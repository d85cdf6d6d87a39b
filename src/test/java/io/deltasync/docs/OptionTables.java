package io.deltasync.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.Parameter;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import io.deltasync.config.Schedule;
import io.deltasync.connection.ConnectionSettings;
import io.deltasync.file.read.FileSourceOptions;
import io.deltasync.file.s3.S3Settings;
import io.deltasync.file.sftp.SftpSettings;
import io.deltasync.file.write.FileTargetOptions;
import io.deltasync.http.connection.HttpSettings;
import io.deltasync.http.source.options.DeltaOptions;
import io.deltasync.http.source.options.ExportOptions;
import io.deltasync.http.source.options.HttpSourceOptions;
import io.deltasync.http.source.options.ListOptions;
import io.deltasync.http.source.options.PagingOptions;
import io.deltasync.http.target.HttpTargetOptions;
import io.deltasync.jdbc.read.JdbcSourceOptions;
import io.deltasync.jdbc.write.JdbcTargetOptions;
import io.deltasync.link.EngineSettings;
import io.deltasync.link.RetrySettings;
import io.deltasync.link.RunAfter;
import io.deltasync.link.VerifySettings;
import io.deltasync.link.notification.ChannelSettings;
import io.deltasync.link.notification.NotificationSettings;
import io.deltasync.mapping.MappingSettings;
import io.deltasync.push.PushOptions;
import org.springframework.boot.context.properties.bind.DataObjectPropertyName;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.core.Nullness;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Generates the tables of options in the documentation from the types that are bound:
 * their components, default values and Javadoc. Options that no type has are in
 * {@code additional-spring-configuration-metadata.json}.
 * <p>
 * A page decides on the order of the rows, and on a link at the end of a row.
 */
final class OptionTables {

	private static final Path SOURCES = Path.of("src/main/java");

	private static final Path ADDITIONAL = Path
		.of("src/main/resources/META-INF/additional-spring-configuration-metadata.json");

	/** These explain to editors what options of several adapters share. */
	private static final Set<String> SHARED = Set.of("adapter", "links", "connections", "url", "username", "password",
			"connection", "path", "key", "records", "format", "batch-size");

	private static final Pattern TABLE = Pattern
		.compile("(?s)(?<=<!-- begin options )([^>]+?)( -->\\n)(.*?)(?=<!-- end options -->)");

	private static final Pattern ROW = Pattern.compile("(?m)^\\| `([^`]+)` \\|.*?([:;] \\[[^]]+]\\([^)]+\\))? \\|$");

	private static final Pattern JAVADOC = Pattern.compile("(?ms)^/\\*\\*(.*?)^ \\*/");

	/** At the end of a description, where it cannot be read from the type. */
	private static final Pattern DEFAULT = Pattern.compile("^(.*)\\. (?:Default: (.*)|(Required))$");

	private static final Pattern QUOTED = Pattern.compile("(?<!\\w)'([^']+)'(?!\\w)");

	private static final Map<String, Class<?>> TYPES = Map.ofEntries(Map.entry("deltasync", EngineSettings.class),
			Map.entry("deltasync.links.NAME", type("io.deltasync.link.LinkSettings")),
			Map.entry("deltasync.links.NAME.schedule", Schedule.class),
			Map.entry("deltasync.links.NAME.run-after", RunAfter.class),
			Map.entry("deltasync.links.NAME.retry", RetrySettings.class),
			Map.entry("deltasync.links.NAME.verify", VerifySettings.class),
			Map.entry("deltasync.links.NAME.notifications",
					type("io.deltasync.link.notification.LinkNotificationSettings")),
			Map.entry("deltasync.links.NAME.mapping", MappingSettings.class),
			Map.entry("deltasync.notifications", NotificationSettings.class),
			Map.entry("deltasync.notifications.channels.NAME", ChannelSettings.class),
			Map.entry("deltasync.connections.NAME", ConnectionSettings.class),
			Map.entry("connection: http", HttpSettings.class), Map.entry("target: http", HttpTargetOptions.class),
			Map.entry("source: http", HttpSourceOptions.class), Map.entry("source: http, delta", DeltaOptions.class),
			Map.entry("source: http, paging", PagingOptions.class), Map.entry("source: http, list", ListOptions.class),
			Map.entry("source: http, export", ExportOptions.class), Map.entry("source: jdbc", JdbcSourceOptions.class),
			Map.entry("source: push", PushOptions.class), Map.entry("source: file", FileSourceOptions.class),
			Map.entry("target: file", FileTargetOptions.class), Map.entry("connection: sftp", SftpSettings.class),
			Map.entry("connection: s3", S3Settings.class), Map.entry("target: jdbc", JdbcTargetOptions.class));

	private OptionTables() {
	}

	/** Returns the text of a page with its tables generated again. */
	static String regenerated(String page) {
		return TABLE.matcher(page)
			.replaceAll((table) -> Matcher
				.quoteReplacement(table.group(1) + table.group(2) + table(table.group(1), table.group(3))));
	}

	private static String table(String name, String present) {
		Map<String, String> options = new LinkedHashMap<>();
		add(options, "", TYPES.get(name));
		if (!name.matches("(source|target): (?!jdbc).*")) {
			addOthers(options, name.replaceFirst("^(\\w+): \\w+$", "deltasync.links.*.$1").replace("NAME", "*") + ".");
		}
		StringBuilder table = new StringBuilder("| Property | Default | Meaning |\n|---|---|---|\n");
		for (MatchResult row : ROW.matcher(present).results().toList()) {
			append(table, row.group(1), options.remove(row.group(1)), (row.group(2) != null) ? row.group(2) : "");
		}
		options.forEach((option, cells) -> append(table, option, cells, ""));
		return table.toString();
	}

	private static void append(StringBuilder table, String option, String cells, String link) {
		if (cells != null) {
			table.append("| `%s` | %s%s |%n".formatted(option, cells, link));
		}
	}

	/** A group of options without a table of its own is part of this one. */
	private static void add(Map<String, String> options, String group, Class<?> type) {
		Map<String, String> descriptions = descriptions(type);
		RecordComponent[] components = type.getRecordComponents();
		for (int i = 0; i < components.length; i++) {
			String name = group + DataObjectPropertyName.toDashedForm(components[i].getName());
			Class<?> of = components[i].getType();
			if (of.isRecord() && !TYPES.containsValue(of)) {
				add(options, name + ".", of);
			}
			else {
				options.put(name, cells(descriptions.get(components[i].getName()), defaultValue(type, i)));
			}
		}
	}

	private static void addOthers(Map<String, String> options, String prefix) {
		for (JsonNode property : JsonMapper.shared().readTree(ADDITIONAL.toFile()).get("properties")) {
			String name = property.get("name").asString();
			String key = name.substring(name.lastIndexOf('.') + 1);
			if (name.equals(prefix + key) && !SHARED.contains(key)) {
				options.putIfAbsent(key, cells(property.get("description").asString(), "none"));
			}
		}
	}

	private static String cells(String description, String defaultValue) {
		Matcher named = DEFAULT.matcher(description);
		if (!named.matches()) {
			return code(defaultValue + " | " + description);
		}
		return code(((named.group(2) != null) ? named.group(2) : "required") + " | " + named.group(1));
	}

	private static String code(String text) {
		return QUOTED.matcher(text).replaceAll("`$1`");
	}

	private static String defaultValue(Class<?> type, int component) {
		Parameter parameter = constructor(type).getParameters()[component];
		DefaultValue value = parameter.getAnnotation(DefaultValue.class);
		if (value != null && value.value().length > 0) {
			return "'" + String.join(", ", value.value()) + "'";
		}
		if (parameter.getType().isPrimitive()) {
			return (parameter.getType() == boolean.class) ? "'false'" : "'0'";
		}
		return (value != null || Nullness.forParameter(parameter) == Nullness.NULLABLE) ? "none" : "required";
	}

	private static Constructor<?> constructor(Class<?> type) {
		Class<?>[] parameters = Stream.of(type.getRecordComponents())
			.map(RecordComponent::getType)
			.toArray(Class<?>[]::new);
		try {
			return type.getDeclaredConstructor(parameters);
		}
		catch (NoSuchMethodException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/** Returns the descriptions of a record's components from its Javadoc. */
	private static Map<String, String> descriptions(Class<?> type) {
		Matcher javadoc = JAVADOC.matcher(source(type));
		Map<String, String> descriptions = new LinkedHashMap<>();
		if (javadoc.find()) {
			for (String tag : javadoc.group(1).split("\n \\* @")) {
				if (tag.startsWith("param ")) {
					String[] words = tag.replaceAll("\\s*\n \\*\\s*", " ").strip().split(" ", 3);
					descriptions.put(words[1], words[2]);
				}
			}
		}
		return descriptions;
	}

	private static String source(Class<?> type) {
		try {
			return Files.readString(SOURCES.resolve(type.getName().replace('.', '/') + ".java"));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static Class<?> type(String name) {
		try {
			return Class.forName(name);
		}
		catch (ClassNotFoundException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
