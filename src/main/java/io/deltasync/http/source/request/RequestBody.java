package io.deltasync.http.source.request;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

import io.deltasync.http.connection.HttpCall;
import io.deltasync.http.source.options.OptionProblems;
import io.deltasync.http.template.Placeholders;
import io.deltasync.http.template.Template;
import io.deltasync.http.template.TimeFormat;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * The body of a request: JSON, a form, or a text in which values are encoded as its type
 * requires. Immutable.
 *
 * @param content a template for a text, and otherwise a tree of maps, lists and templates
 * @param text whether it is a text
 * @param type the media type
 * @param times how times are written
 */
public record RequestBody(Object content, boolean text, String type, TimeFormat times) {

	private static final JsonMapper JSON = JsonMapper.shared();

	private static final String FORM = "application/x-www-form-urlencoded";

	private static final String PLAIN = "text/plain; charset=UTF-8";

	/** Returns the body that is given, if there is one. */
	public static @Nullable Object given(String property, @Nullable Map<String, Object> body, @Nullable String text,
			OptionProblems problems) {
		if (body != null && text != null) {
			problems.add(property + "body-text", "is given beside body; remove one of them");
		}
		return (text != null) ? text : body;
	}

	/** Reads the body of a request. */
	public static RequestBody of(RequestTemplate.Text request, Object body, RequestTemplate.Parser parser,
			TimeFormat times) {
		String type = request.header("Content-Type");
		if (body instanceof String text) {
			if (type != null && type.toLowerCase(Locale.ROOT).matches(".*charset=(?!\"?utf-8\\b).*")) {
				parser.problem("headers.Content-Type", "is '%s', but a text is sent in UTF-8".formatted(type));
			}
			return new RequestBody(parser.template("body-text", text), true, (type != null) ? type : PLAIN, times);
		}
		boolean form = type != null && type.toLowerCase(Locale.ROOT).startsWith(FORM);
		if (form && body instanceof Map<?, ?> fields) {
			fields.forEach((name, value) -> {
				if (value instanceof Map<?, ?>) {
					parser.problem("body." + name,
							"is more than a text, which a form cannot have; give texts, or send JSON");
				}
			});
		}
		return new RequestBody(parser.tree("body", body), false, form ? FORM : "application/json", times);
	}

	/** Returns the names of all placeholders. */
	public Set<String> names() {
		Set<String> names = new TreeSet<>();
		addNames(this.content, names);
		return names;
	}

	private static void addNames(Object tree, Set<String> names) {
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

	/** Returns the body with the values in place of the placeholders. */
	public HttpCall.Body filled(Map<String, ?> values) {
		return new HttpCall.Body(content(values).getBytes(StandardCharsets.UTF_8), this.type);
	}

	private String content(Map<String, ?> values) {
		if (this.text) {
			return text((Template) this.content, values);
		}
		Object value = value(this.content, values);
		if (this.type.equals(FORM) && value instanceof Map<?, ?> fields) {
			return fields.entrySet()
				.stream()
				.map((field) -> HttpCall.encoded(String.valueOf(field.getKey())) + "="
						+ HttpCall.encoded(String.valueOf(field.getValue())))
				.collect(Collectors.joining("&"));
		}
		return JSON.writeValueAsString(value);
	}

	private String text(Template template, Map<String, ?> values) {
		Map<String, Object> all = new HashMap<>(Map.of(Placeholders.CURSOR, ""));
		all.putAll(values);
		String text = template.text(all, this.times, encoding());
		if (text == null) {
			throw new IllegalStateException("A placeholder of body-text has no value: " + template.names());
		}
		return text;
	}

	private UnaryOperator<String> encoding() {
		String lower = this.type.toLowerCase(Locale.ROOT);
		if (lower.contains("json")) {
			return RequestBody::inJson;
		}
		if (lower.contains("xml")) {
			return RequestBody::inXml;
		}
		return lower.startsWith(FORM) ? HttpCall::encoded : UnaryOperator.identity();
	}

	private static String inJson(String value) {
		String quoted = JSON.writeValueAsString(value);
		return quoted.substring(1, quoted.length() - 1);
	}

	private static String inXml(String value) {
		return value.replace("&", "&amp;")
			.replace("<", "&lt;")
			.replace(">", "&gt;")
			.replace("\"", "&quot;")
			.replace("'", "&apos;");
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

}
