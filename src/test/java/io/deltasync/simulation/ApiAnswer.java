package io.deltasync.simulation;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * An answer of a simulated API.
 *
 * @param status the status
 * @param headers the headers, except for those of the connection
 * @param body the body
 * @param sent how much of it is sent
 */
record ApiAnswer(int status, Map<String, String> headers, String body, Sent sent) {

	/** How much of an answer is sent before the connection ends. */
	enum Sent {

		/** All of it. */
		ALL,

		/** Half of the body, of which the head says that it is longer. */
		HALF,

		/** Nothing: the connection is reset. */
		NOTHING

	}

	static ApiAnswer json(String body) {
		return of(200, body).with("Content-Type", "application/json");
	}

	static ApiAnswer of(int status, String body) {
		return new ApiAnswer(status, Map.of(), body, Sent.ALL);
	}

	ApiAnswer with(String header, String value) {
		Map<String, String> more = new LinkedHashMap<>(this.headers);
		more.put(header, value);
		return new ApiAnswer(this.status, more, this.body, this.sent);
	}

	ApiAnswer withBody(String newBody) {
		return new ApiAnswer(this.status, this.headers, newBody, this.sent);
	}

	ApiAnswer sent(Sent newSent) {
		return new ApiAnswer(this.status, this.headers, this.body, newSent);
	}

	/** Adds the time of the server's clock, in whole seconds. */
	ApiAnswer at(Instant time) {
		return with("Date", DateTimeFormatter.RFC_1123_DATE_TIME.format(time.atOffset(ZoneOffset.UTC)));
	}

	/** Sends the answer at once, so that the client waits for nothing. */
	void write(Socket socket, boolean withBody) throws IOException {
		if (this.sent == Sent.NOTHING) {
			socket.setSoLinger(true, 0);
			return;
		}
		byte[] content = this.body.getBytes(StandardCharsets.UTF_8);
		StringBuilder head = new StringBuilder("HTTP/1.1 %d Simulated\r\nConnection: close\r\nContent-Length: %d\r\n"
			.formatted(this.status, content.length));
		this.headers.forEach((name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
		byte[] start = head.append("\r\n").toString().getBytes(StandardCharsets.US_ASCII);
		int length = !withBody ? 0 : (this.sent == Sent.HALF) ? content.length / 2 : content.length;
		byte[] all = Arrays.copyOf(start, start.length + length);
		System.arraycopy(content, 0, all, start.length, length);
		socket.getOutputStream().write(all);
	}

	@Override
	public String toString() {
		return "%d %s%s".formatted(this.status, this.body, (this.sent != Sent.ALL) ? ", sent " + this.sent : "");
	}

}
