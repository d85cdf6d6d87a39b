package io.deltasync.http.source;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

import io.deltasync.http.connection.HttpCall;
import io.deltasync.http.template.Template;
import io.deltasync.http.template.TimeFormat;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * A request with placeholders, in each of which a value is encoded for its place. A
 * parameter, a header or a JSON property whose placeholder has no value is left out.
 * Immutable.
 */
final class RequestTemplate {

	private static final JsonMapper JSON = JsonMapper.shared();

	private static final String FORM = "application/x-www-form-urlencoded";

	private final String method;

	private final Template path;

	private final Map<String, Template> query;

	private final Map<String, Template> headers;

	private final @Nullable Object body;

	private final boolean form;

	private final TimeFormat times;

	private RequestTemplate(String method, Template path, Map<String, Template> query, Map<String, Template> headers,
			@Nullable Object body, boolean form, TimeFormat times) {
		this.method = method;
		this.path = path;
		this.query = query;
		this.headers = headers;
		this.body = body;
		this.form = form;
		this.times = times;
	}

	/**
	 * Reads a request.
	 * @param text the configured request
	 * @param known the placeholders that have a value
	 * @param times how times are written
	 * @param problems receives the problems
	 */
	static RequestTemplate of(Text text, Collection<String> known, TimeFormat times, OptionProblems problems) {
		Parser parser = new Parser(text.property(), known, problems);
		if (!text.method().matches("[A-Za-z]+")) {
			problems.add(text.property() + "method",
					"is '%s'; give a method such as GET or POST".formatted(text.method()));
		}
		boolean form = text.isForm();
		if (form && text.body() != null) {
			text.body().forEach((name, value) -> {
				if (value instanceof Map<?, ?>) {
					problems.add(text.property() + "body." + name,
							"is more than a text, which a form cannot have; give texts, or send JSON");
				}
			});
		}
		return new RequestTemplate(text.method().toUpperCase(Locale.ROOT), parser.template("path", text.path()),
				parser.templates("query", text.query()), parser.templates("headers", text.headers()),
				(text.body() != null) ? parser.tree("body", text.body()) : null, form, times);
	}

	/** Returns the names of all placeholders. */
	Set<String> names() {
		Set<String> names = new TreeSet<>(this.path.names());
		this.query.values().forEach((template) -> names.addAll(template.names()));
		this.headers.values().forEach((template) -> names.addAll(template.names()));
		addNames(this.body, names);
		return names;
	}

	private static void addNames(@Nullable Object tree, Set<String> names) {
		if (tree instanceof Map<?, ?> map) {
			map.values().forEach((value) -> addNames(value, names));
		}
		else if (tree instanceof List<?> list) {
			list.forEach((value) -> addNames(value, names));
		}
		else if (tree instanceof Template template) {
			names.addAll(template.names());
		}
	}

	/**
	 * Returns the request.
	 * @param values the values by the names of the placeholders
	 * @param more more parameters
	 * @param repeatable whether sending it twice does no harm
	 */
	HttpCall call(Map<String, ?> values, Map<String, ?> more, boolean repeatable) {
		List<Map.Entry<String, String>> pairs = new ArrayList<>();
		texts(this.query, values).forEach((name, value) -> pairs.add(Map.entry(name, value)));
		more.forEach((name, value) -> pairs.add(Map.entry(name, value.toString())));
		return new HttpCall(this.method, target(values), pairs, headers(values), body(values), repeatable);
	}

	/**
	 * Returns a request to a link that the server gave, which is used as it is.
	 * @param link an absolute URL
	 */
	HttpCall call(String link, Map<String, ?> values) {
		return new HttpCall(this.method, link, List.of(), headers(values), body(values), true);
	}

	private String target(Map<String, ?> values) {
		// a link is encoded already
		String target = this.path.text(values, this.times,
				this.path.isPlaceholder() ? UnaryOperator.identity() : HttpCall::encodedSegment);
		if (target == null) {
			throw new IllegalStateException("A placeholder of the path has no value: " + this.path.names());
		}
		return target;
	}

	private Map<String, String> headers(Map<String, ?> values) {
		Map<String, String> texts = texts(this.headers, values);
		texts.putIfAbsent("Accept", "application/json, */*;q=0.5");
		return texts;
	}

	private Map<String, String> texts(Map<String, Template> templates, Map<String, ?> values) {
		Map<String, String> texts = new LinkedHashMap<>();
		templates.forEach((name, template) -> {
			String text = template.text(values, this.times, UnaryOperator.identity());
			if (text != null) {
				texts.put(name, text);
			}
		});
		return texts;
	}

	private HttpCall.@Nullable Body body(Map<String, ?> values) {
		if (this.body == null) {
			return null;
		}
		Object value = value(this.body, values);
		if (this.form && value instanceof Map<?, ?> fields) {
			String form = fields.entrySet()
				.stream()
				.map((field) -> HttpCall.encoded(String.valueOf(field.getKey())) + "="
						+ HttpCall.encoded(String.valueOf(field.getValue())))
				.collect(Collectors.joining("&"));
			return new HttpCall.Body(form.getBytes(StandardCharsets.UTF_8), FORM);
		}
		String json = JSON.writeValueAsString(value);
		return new HttpCall.Body(json.getBytes(StandardCharsets.UTF_8), "application/json");
	}

	private @Nullable Object value(Object tree, Map<String, ?> values) {
		if (tree instanceof Template template) {
			return template.value(values, this.times);
		}
		if (tree instanceof Map<?, ?> map) {
			Map<String, Object> object = new LinkedHashMap<>();
			map.forEach((name, element) -> {
				Object value = value(element, values);
				if (value != null) {
					object.put((String) name, value);
				}
			});
			return object;
		}
		return (tree instanceof List<?> list) ? list.stream().map((element) -> value(element, values)).toList() : tree;
	}

	/**
	 * A request as configured.
	 *
	 * @param property the dotted name of its options, with a dot at the end; empty for
	 * the source itself
	 * @param method the method
	 * @param path the path
	 * @param query the parameters
	 * @param headers the headers
	 * @param body the body
	 */
	record Text(String property, String method, String path, @Nullable Map<String, String> query,
			@Nullable Map<String, String> headers, @Nullable Map<String, Object> body) {

		/** Whether the headers say that the body is a form. */
		boolean isForm() {
			return this.headers != null && this.headers.entrySet()
				.stream()
				.anyMatch((header) -> header.getKey().equalsIgnoreCase("Content-Type")
						&& header.getValue().toLowerCase(Locale.ROOT).startsWith(FORM));
		}

		/**
		 * Returns the request without headers and secrets, as it identifies what is read.
		 */
		String describe() {
			return "%s %s%s%s".formatted(this.method, this.path,
					(this.query != null) ? " " + SecretNames.shown(new TreeMap<>(this.query)) : "",
					(this.body != null) ? " " + JSON.writeValueAsString(SecretNames.shown(this.body)) : "");
		}

	}

	/** Reads the templates of a request. */
	private record Parser(String property, Collection<String> known, OptionProblems problems) {

		Template template(String name, String text) {
			Template template = this.problems.parse(this.property + name, () -> Template.of(text, this.known));
			return (template != null) ? template : Template.of("", List.of());
		}

		Map<String, Template> templates(String group, @Nullable Map<String, String> texts) {
			Map<String, Template> templates = new LinkedHashMap<>();
			if (texts != null) {
				texts.forEach((name, text) -> templates.put(name, template(group + "." + name, text)));
			}
			return templates;
		}

		/** The binder makes maps of lists. */
		Object tree(String name, Object value) {
			if (value instanceof String text) {
				return template(name, text);
			}
			if (!(value instanceof Map<?, ?> map)) {
				return value;
			}
			Map<String, Object> object = new LinkedHashMap<>();
			map.forEach((key, element) -> object.put((String) key, tree(name + "." + key, element)));
			boolean list = !object.isEmpty();
			for (int i = 0; i < object.size(); i++) {
				list = list && object.containsKey(String.valueOf(i));
			}
			return list ? List.copyOf(object.values()) : object;
		}

	}

}
