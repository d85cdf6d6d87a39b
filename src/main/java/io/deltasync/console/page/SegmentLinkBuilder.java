package io.deltasync.console.page;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

import org.jspecify.annotations.Nullable;
import org.springframework.web.util.UriUtils;
import org.thymeleaf.context.IExpressionContext;
import org.thymeleaf.linkbuilder.AbstractLinkBuilder;
import org.thymeleaf.linkbuilder.StandardLinkBuilder;

/**
 * Builds the addresses in pages. A parameter in the path always becomes a part of a
 * single segment: the name of a Link may contain slashes and semicolons, which Thymeleaf
 * leaves as they are. Thread-safe.
 */
public class SegmentLinkBuilder extends AbstractLinkBuilder {

	private final StandardLinkBuilder builder = new StandardLinkBuilder();

	@Override
	public @Nullable String buildLink(IExpressionContext context, @Nullable String base,
			@Nullable Map<String, Object> parameters) {
		String path = Objects.requireNonNullElse(base, "");
		Map<String, Object> others = new LinkedHashMap<>();
		if (parameters != null) {
			for (Map.Entry<String, Object> parameter : parameters.entrySet()) {
				String place = "{" + parameter.getKey() + "}";
				if (path.contains(place)) {
					path = path.replace(place, encode(String.valueOf(parameter.getValue())));
				}
				else {
					others.put(parameter.getKey(), parameter.getValue());
				}
			}
		}
		return this.builder.buildLink(context, path, others);
	}

	/**
	 * Encodes a text as a part of a path segment.
	 * @param text any text
	 * @return the text with all reserved characters encoded
	 */
	static String encode(String text) {
		return UriUtils.encode(text, StandardCharsets.UTF_8);
	}

}
