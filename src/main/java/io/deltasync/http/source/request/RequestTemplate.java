package io.deltasync.http.source.request;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.UnaryOperator;

import io.deltasync.http.connection.HttpCall;
import io.deltasync.http.source.answer.SecretNames;
import io.deltasync.http.source.options.OptionProblems;
import io.deltasync.http.template.Template;
import io.deltasync.http.template.TimeFormat;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * A request with placeholders, in each of which a value is encoded for its place. A
 * parameter, a header or a JSON property whose placeholder has no value is left out.
 * Immutable.
 */
public final class RequestTemplate {

	private static final JsonMapper JSON = JsonMapper.shared();

	private final String method;

	private final Template path;

	private final Map<String, Template> query;

	private final Map<String, Template> headers;

	private final @Nullable RequestBody body;

	private final TimeFormat times;

	private RequestTemplate(String method, Template path, Map<String, Template> query, Map<String, Template> headers,
			@Nullable RequestBody body, TimeFormat times) {
		this.method = method;
		this.path = path;
		this.query = query;
		this.headers = headers;
		this.body = body;
		this.times = times;
	}

	/**
	 * Reads a request.
	 * @param text the configured request
	 * @param known the placeholders that have a value
	 * @param times how times are written
	 * @param problems receives the problems
	 */
	public static RequestTemplate of(Text text, Collection<String> known, TimeFormat times, OptionProblems problems) {
		Parser parser = new Parser(text.property(), known, problems);
		if (!text.method().matches("[A-Za-z]+")) {
			problems.add(text.property() + "method",
					"is '%s'; give a method such as GET or POST".formatted(text.method()));
		}
		Object body = text.body();
		return new RequestTemplate(text.method().toUpperCase(Locale.ROOT), parser.template("path", text.path()),
				parser.templates("query", text.query()), parser.templates("headers", text.headers()),
				(body != null) ? RequestBody.of(text, body, parser, times) : null, times);
	}

	/** Returns the names of all placeholders. */
	public Set<String> names() {
		Set<String> names = new TreeSet<>(this.path.names());
		this.query.values().forEach((template) -> names.addAll(template.names()));
		this.headers.values().forEach((template) -> names.addAll(template.names()));
		names.addAll(bodyNames());
		return names;
	}

	/** Returns the names of the placeholders of the body. */
	public Set<String> bodyNames() {
		return (this.body != null) ? this.body.names() : Set.of();
	}

	/**
	 * Returns the request.
	 * @param values the values by the names of the placeholders
	 * @param more more parameters
	 * @param repeatable whether sending it twice does no harm
	 */
	public HttpCall call(Map<String, ?> values, Map<String, ?> more, boolean repeatable) {
		List<Map.Entry<String, String>> pairs = new ArrayList<>();
		texts(this.query, values).forEach((name, value) -> pairs.add(Map.entry(name, value)));
		more.forEach((name, value) -> pairs.add(Map.entry(name, value.toString())));
		return new HttpCall(this.method, target(values), pairs, headers(values), body(values), repeatable);
	}

	/**
	 * Returns a request to a link that the server gave, which is used as it is.
	 * @param link an absolute URL
	 */
	public HttpCall call(String link, Map<String, ?> values) {
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
		return (this.body != null) ? this.body.filled(values) : null;
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
	 * @param body the body: a map, or a text
	 */
	public record Text(String property, String method, String path, @Nullable Map<String, String> query,
			@Nullable Map<String, String> headers, @Nullable Object body) {

		/** Returns a header; null if there is none. */
		public @Nullable String header(String name) {
			return (this.headers == null) ? null
					: this.headers.entrySet()
						.stream()
						.filter((header) -> header.getKey().equalsIgnoreCase(name))
						.map(Map.Entry::getValue)
						.findFirst()
						.orElse(null);
		}

		/**
		 * Returns the request without headers and secrets, as it identifies what is read.
		 */
		public String describe() {
			return "%s %s%s%s".formatted(this.method, this.path,
					(this.query != null) ? " " + SecretNames.shown(new TreeMap<>(this.query)) : "",
					(this.body != null) ? " " + shown(this.body) : "");
		}

		/** A text may contain secrets anywhere. */
		private static String shown(Object body) {
			return (body instanceof String text) ? "text " + digest(text)
					: JSON.writeValueAsString(SecretNames.shown(body));
		}

		private static String digest(String text) {
			try {
				byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
				return HexFormat.of().formatHex(digest, 0, 8);
			}
			catch (NoSuchAlgorithmException ex) {
				throw new IllegalStateException(ex);
			}
		}

	}

	/** Reads the templates of a request. */
	public record Parser(String property, Collection<String> known, OptionProblems problems) {

		public void problem(String name, String message) {
			this.problems.add(this.property + name, message);
		}

		public Template template(String name, String text) {
			Template template = this.problems.parse(this.property + name, () -> Template.of(text, this.known));
			return (template != null) ? template : Template.of("", List.of());
		}

		public Map<String, Template> templates(String group, @Nullable Map<String, String> texts) {
			Map<String, Template> templates = new LinkedHashMap<>();
			if (texts != null) {
				texts.forEach((name, text) -> templates.put(name, template(group + "." + name, text)));
			}
			return templates;
		}

		/** The binder makes maps of lists. */
		public Object tree(String name, Object value) {
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
