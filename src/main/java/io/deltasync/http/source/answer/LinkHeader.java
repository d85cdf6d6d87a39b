package io.deltasync.http.source.answer;

import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/** Reads the header {@code Link} by RFC 8288. */
public final class LinkHeader {

	private static final Pattern LINK = Pattern.compile(
			"\\s*,?\\s*<([^>]*)>((?:\\s*;\\s*[^\\s=;,]+(?:\\s*=\\s*(?:\"(?:[^\"\\\\]|\\\\.)*\"|[^\\s;,\"]*))?)*)\\s*");

	private static final Pattern RELATION = Pattern.compile(";\\s*rel\\s*=\\s*(?:\"([^\"]*)\"|([^\\s;,]+))",
			Pattern.CASE_INSENSITIVE);

	private LinkHeader() {
	}

	/**
	 * Returns the link to the next page.
	 * @param values the values of the header
	 * @return the link as it is; null if there is none
	 */
	public static @Nullable String next(List<String> values) {
		for (String value : values) {
			Matcher link = LINK.matcher(value);
			while (link.lookingAt()) {
				if (isNext(link.group(2))) {
					return link.group(1).strip();
				}
				link.region(link.end(), value.length());
			}
		}
		return null;
	}

	private static boolean isNext(String parameters) {
		// only the first relation counts
		Matcher relation = RELATION.matcher(parameters);
		String names = !relation.find() ? "" : (relation.group(1) != null) ? relation.group(1) : relation.group(2);
		return List.of(names.strip().toLowerCase(Locale.ROOT).split("\\s+")).contains("next");
	}

}
