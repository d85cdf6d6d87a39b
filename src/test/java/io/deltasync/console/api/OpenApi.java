package io.deltasync.console.api;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.Parameter;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import io.deltasync.console.api.problem.Problem;
import io.deltasync.event.SyncEvent;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import tools.jackson.core.util.DefaultIndenter;
import tools.jackson.core.util.DefaultPrettyPrinter;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Describes the REST API as an OpenAPI document: the addresses and their parameters as
 * the handlers declare them, their meaning from the table in docs/api.md, and the fields
 * from the records and their Javadoc.
 */
final class OpenApi {

	private static final String PREFIX = "/api/v1/";

	private static final Pattern ROW = Pattern.compile("(?m)^\\| `(\\w+) ([^`?]+)[^`]*` \\| (\\w+) \\| (.*) \\|$");

	private static final Pattern PARAM = Pattern.compile("@param (\\w+) (.*?)(?=@|$)", Pattern.DOTALL);

	private final Map<String, Matcher> rows = new LinkedHashMap<>();

	private final Map<String, Object> schemas = new TreeMap<>();

	private final Map<String, Map<String, Object>> paths = new TreeMap<>();

	OpenApi(String documentation) {
		Matcher row = ROW.matcher(documentation);
		for (int from = 0; row.find(from); from = row.end() - 1) {
			Matcher found = ROW.matcher(row.group());
			found.matches();
			this.rows.put(found.group(1) + " " + PREFIX + found.group(2), found);
		}
	}

	/**
	 * Returns the documented operations, such as {@code GET /api/v1/links}, with their
	 * roles.
	 */
	Map<String, String> documented() {
		Map<String, String> roles = new TreeMap<>();
		this.rows.forEach((operation, row) -> roles.put(operation, row.group(3)));
		return roles;
	}

	/** Returns the operations of the handlers that were added. */
	Collection<String> operations() {
		return this.paths.entrySet()
			.stream()
			.flatMap((path) -> path.getValue()
				.keySet()
				.stream()
				.map((method) -> method.toUpperCase(Locale.ROOT) + " " + path.getKey()))
			.sorted()
			.toList();
	}

	void add(RequestMappingInfo info, HandlerMethod handler) {
		for (String path : info.getPatternValues()) {
			for (RequestMethod method : info.getMethodsCondition().getMethods()) {
				this.paths.computeIfAbsent(path, (any) -> new TreeMap<>())
					.put(method.name().toLowerCase(Locale.ROOT), operation(method + " " + path, handler));
			}
		}
	}

	String json() {
		schema(Problem.class);
		Map<String, Object> document = new LinkedHashMap<>();
		document.put("openapi", "3.1.0");
		document.put("info",
				map("title", "DeltaSync", "version", "1", "description", "The REST API of `serve`: see docs/api.md"));
		document.put("security", List.of(map("token", List.of())));
		document.put("paths", this.paths);
		document.put("components",
				map("schemas", this.schemas, "securitySchemes", map("token", map("type", "http", "scheme", "bearer"))));
		DefaultIndenter lines = new DefaultIndenter("  ", "\n");
		return JsonMapper.builder()
			.disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
			.enable(SerializationFeature.INDENT_OUTPUT)
			.defaultPrettyPrinter(new DefaultPrettyPrinter().withObjectIndenter(lines).withArrayIndenter(lines))
			.build()
			.writeValueAsString(document) + "\n";
	}

	private Map<String, Object> operation(String name, HandlerMethod handler) {
		Map<String, Object> operation = new LinkedHashMap<>();
		operation.put("operationId", handler.getMethod().getName());
		Matcher row = this.rows.get(name);
		if (row != null) {
			operation.put("description",
					"Role: %s. %s".formatted(row.group(3), row.group(4).replaceAll("\\[([^\\]]+)]\\([^)]+\\)", "$1")));
		}
		List<Object> parameters = new ArrayList<>();
		for (Parameter parameter : handler.getMethod().getParameters()) {
			if (parameter.isAnnotationPresent(RequestBody.class)) {
				boolean required = parameter.getAnnotation(RequestBody.class).required();
				operation.put("requestBody", map("required", required, "content",
						map("application/json", map("schema", schema(parameter.getParameterizedType())))));
			}
			else {
				parameter(parameter).ifPresent(parameters::add);
			}
		}
		if (handler.getMethod().getDeclaringClass() == PushApi.class && name.startsWith("POST")) {
			operation.put("requestBody", records());
		}
		operation.put("parameters", parameters);
		operation.put("responses", responses(handler));
		return operation;
	}

	/** The handler reads this body itself. */
	private static Map<String, Object> records() {
		Map<String, Object> row = map("type", "object");
		return map("required", true, "content",
				map("application/json", map("schema", map("oneOf", List.of(row, map("type", "array", "items", row)))),
						"application/x-ndjson", map("schema", map("type", "string"))));
	}

	private Optional<Map<String, Object>> parameter(Parameter parameter) {
		RequestParam query = parameter.getAnnotation(RequestParam.class);
		RequestHeader header = parameter.getAnnotation(RequestHeader.class);
		boolean path = parameter.isAnnotationPresent(PathVariable.class);
		if (!path && query == null && header == null) {
			return Optional.empty();
		}
		Map<String, Object> described = new LinkedHashMap<>();
		described.put("name", (header != null) ? header.name() : parameter.getName());
		described.put("in", path ? "path" : (query != null) ? "query" : "header");
		described.put("required", path || header != null);
		Map<String, Object> schema = new LinkedHashMap<>(schema(parameter.getParameterizedType()));
		if (parameter.getName().equals("limit")) {
			schema.putAll(map("minimum", 1, "maximum", Page.MAX_LIMIT, "default", Integer.valueOf(Page.DEFAULT_LIMIT)));
		}
		described.put("schema", schema);
		return Optional.of(described);
	}

	private Map<String, Object> responses(HandlerMethod handler) {
		Type type = handler.getMethod().getGenericReturnType();
		if (type instanceof ParameterizedType entity && entity.getRawType() == ResponseEntity.class) {
			type = entity.getActualTypeArguments()[0];
		}
		ResponseStatus declared = handler.getMethodAnnotation(ResponseStatus.class);
		HttpStatus status = (type == Started.class) ? HttpStatus.ACCEPTED
				: (declared != null) ? declared.value() : HttpStatus.OK;
		Map<String, Object> success = new LinkedHashMap<>();
		success.put("description", status.getReasonPhrase());
		if (type != void.class) {
			success.put("content", map("application/json", map("schema", schema(type))));
		}
		if (status == HttpStatus.ACCEPTED && type != SyncEvent.class) {
			success.put("headers", map("Location", map("schema", map("type", "string"))));
		}
		Map<String, Object> responses = new LinkedHashMap<>();
		responses.put(String.valueOf(status.value()), success);
		responses.put("default", map("description", "A problem", "content",
				map("application/problem+json", map("schema", reference("Problem")))));
		return responses;
	}

	private Map<String, Object> schema(Type type) {
		if (type instanceof ParameterizedType generic) {
			Type last = generic.getActualTypeArguments()[generic.getActualTypeArguments().length - 1];
			return (generic.getRawType() == Page.class) ? page(last)
					: (generic.getRawType() == Map.class) ? map("type", "object", "additionalProperties", schema(last))
							: map("type", "array", "items", schema(last));
		}
		Class<?> raw = (Class<?>) type;
		if (raw.isEnum()) {
			boolean request = raw.getEnclosingClass() == RunRequest.class;
			return map("type", "string", "enum",
					Arrays.stream(raw.getEnumConstants())
						.map((constant) -> ((Enum<?>) constant).name())
						.map((name) -> request ? name.toLowerCase(Locale.ROOT) : name)
						.toList());
		}
		if (raw.isRecord()) {
			if (!this.schemas.containsKey(name(raw))) {
				this.schemas.put(name(raw), map());
				this.schemas.put(name(raw), fields(raw));
			}
			return reference(name(raw));
		}
		return switch (raw.getSimpleName()) {
			case "String" -> map("type", "string");
			case "Instant" -> map("type", "string", "format", "date-time");
			case "Duration" -> map("type", "string", "format", "duration");
			case "boolean", "Boolean" -> map("type", "boolean");
			case "int", "Integer" -> map("type", "integer", "format", "int32");
			case "Double" -> map("type", "number", "format", "double");
			case "long", "Long" -> map("type", "integer", "format", "int64");
			default -> throw new IllegalArgumentException(raw.getName());
		};
	}

	private Map<String, Object> page(Type items) {
		String name = "PageOf" + name((Class<?>) items);
		Map<String, Object> fields = new LinkedHashMap<>();
		fields.put("items", map("type", "array", "items", schema(items)));
		fields.put("next",
				map("type", List.of("string", "null"), "description", "the address of the next part; null at the end"));
		this.schemas.put(name, object(fields, List.of("items", "next")));
		return reference(name);
	}

	private Map<String, Object> fields(Class<?> type) {
		Map<String, String> descriptions = descriptions(type);
		Map<String, Object> fields = new LinkedHashMap<>();
		List<String> required = new ArrayList<>();
		boolean request = type.getSimpleName().endsWith("Request");
		for (RecordComponent component : type.getRecordComponents()) {
			boolean nullable = isNullable(component.getAnnotatedType());
			Map<String, Object> schema = schema(component.getGenericType());
			schema = (nullable && !request) ? orNull(schema) : new LinkedHashMap<>(schema);
			String description = descriptions.get(component.getName());
			if (description != null) {
				schema.put("description", description);
			}
			fields.put(component.getName(), schema);
			if (!request) {
				required.add(component.getName());
			}
		}
		return object(fields, required);
	}

	private static Map<String, Object> orNull(Map<String, Object> schema) {
		if (schema.containsKey("$ref")) {
			return map("anyOf", List.of(schema, map("type", "null")));
		}
		Map<String, Object> nullable = new LinkedHashMap<>(schema);
		nullable.put("type", List.of(schema.get("type"), "null"));
		if (schema.get("enum") instanceof List<?> constants) {
			List<@Nullable Object> all = new ArrayList<>(constants);
			all.add(null);
			nullable.put("enum", all);
		}
		return nullable;
	}

	private static boolean isNullable(AnnotatedType type) {
		return type.isAnnotationPresent(Nullable.class);
	}

	private static Map<String, Object> object(Map<String, Object> fields, List<String> required) {
		Map<String, Object> object = new LinkedHashMap<>();
		object.put("type", "object");
		object.put("properties", fields);
		object.put("required", required);
		return object;
	}

	private static Map<String, Object> reference(String name) {
		return map("$ref", "#/components/schemas/" + name);
	}

	/** Returns names and values in their order. */
	private static Map<String, Object> map(Object... entries) {
		Map<String, Object> map = new LinkedHashMap<>();
		for (int i = 0; i < entries.length; i += 2) {
			map.put((String) entries[i], entries[i + 1]);
		}
		return map;
	}

	/** Nested types have the names of both, unless theirs says enough. */
	private static String name(Class<?> type) {
		Class<?> enclosing = type.getEnclosingClass();
		return (enclosing == null || !enclosing.isRecord()) ? type.getSimpleName()
				: enclosing.getSimpleName() + type.getSimpleName();
	}

	/** Reads what the Javadoc of a record says about its components. */
	private static Map<String, String> descriptions(Class<?> type) {
		Class<?> outer = (type.getEnclosingClass() != null) ? type.getEnclosingClass() : type;
		Path source = Path.of("src/main/java", outer.getName().replace('.', '/') + ".java");
		try {
			String text = Files.readString(source);
			int end = text.indexOf("record " + type.getSimpleName() + "(");
			String javadoc = text.substring(text.lastIndexOf("/**", end), end)
				.lines()
				.map((line) -> line.strip().replaceFirst("^(/\\*\\*|\\*/|\\*) ?", ""))
				.collect(Collectors.joining(" "));
			Map<String, String> descriptions = new LinkedHashMap<>();
			Matcher param = PARAM.matcher(javadoc);
			while (param.find()) {
				descriptions.put(param.group(1),
						param.group(2)
							.replaceAll("\\{@\\w+ (?:#)?([^}]*)}", "$1")
							.replaceAll("(public|private|protected)? *$", "")
							.strip());
			}
			return descriptions;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
