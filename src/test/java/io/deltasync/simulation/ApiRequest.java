package io.deltasync.simulation;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * A request to a simulated API.
 *
 * @param method the method
 * @param target the path and the query, as they were sent
 * @param path the path, from the first name on
 * @param values the parameters, and the texts and numbers of the body
 * @param process the process that asks
 */
record ApiRequest(String method, String target, String path, Map<String, String> values, String process) {

	/** The header with the name of the process that asks. */
	static final String PROCESS = "Process";

	private static final int LONGEST_HEAD = 16_384;

	private static final Pattern MEMBER = Pattern.compile("\"(\\w+)\":\"?([^\",}]*)\"?");

	static ApiRequest read(InputStream in) throws IOException {
		String[] lines = head(in).split("\r\n");
		String[] first = lines[0].split(" ");
		Map<String, String> headers = new HashMap<>();
		for (int i = 1; i < lines.length; i++) {
			int mark = lines[i].indexOf(':');
			headers.put(lines[i].substring(0, mark).toLowerCase(java.util.Locale.ROOT),
					lines[i].substring(mark + 1).strip());
		}
		int length = Integer.parseInt(headers.getOrDefault("content-length", "0"));
		String body = new String(in.readNBytes(length), StandardCharsets.UTF_8);
		String[] parts = first[1].split("\\?", 2);
		Map<String, String> values = new TreeMap<>();
		for (String pair : ((parts.length > 1) ? parts[1] : "").split("&")) {
			int mark = pair.indexOf('=');
			if (mark > 0) {
				values.put(pair.substring(0, mark),
						URLDecoder.decode(pair.substring(mark + 1), StandardCharsets.UTF_8));
			}
		}
		Matcher members = MEMBER.matcher(body);
		while (members.find()) {
			values.put(members.group(1), members.group(2));
		}
		return new ApiRequest(first[0], first[1], parts[0].substring(1), values,
				headers.getOrDefault(PROCESS.toLowerCase(java.util.Locale.ROOT), ""));
	}

	private static String head(InputStream in) throws IOException {
		StringBuilder head = new StringBuilder();
		while (!head.toString().endsWith("\r\n\r\n")) {
			int next = in.read();
			if (next < 0 || head.length() > LONGEST_HEAD) {
				throw new EOFException("no complete request: " + head);
			}
			head.append((char) next);
		}
		return head.toString();
	}

	/** Returns the Link that the API belongs to, which is the first name of the path. */
	String link() {
		return this.path.split("/")[0];
	}

	/** Returns a name of the path after the Link's; empty if there is none. */
	String name(int index) {
		String[] names = this.path.split("/");
		return (names.length > index) ? names[index] : "";
	}

	@Nullable String value(String name) {
		return this.values.get(name);
	}

	/** Returns the part of the request that is the same for all pages of a run. */
	String window() {
		return this.values.get("from") + " " + this.values.get("to");
	}

	@Override
	public String toString() {
		return this.method + " /" + this.path + " " + this.values;
	}

}
