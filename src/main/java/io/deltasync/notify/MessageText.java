package io.deltasync.notify;

import io.deltasync.event.view.Json;
import tools.jackson.databind.JsonNode;

/**
 * A message for people.
 *
 * @param subject what happened, on one line
 * @param details what is known besides, on several lines
 */
record MessageText(String subject, String details) {

	private static final String SIGNATURE = "DeltaSync";

	/**
	 * Reads a message.
	 * @param body the message as JSON
	 * @return its text
	 */
	static MessageText of(String body) {
		JsonNode data = Json.mapper().readTree(body).path("data");
		StringBuilder details = new StringBuilder();
		add(details, "Last success", data.path("lastSuccess"));
		add(details, "Since", data.path("since"));
		add(details, "To see more", data.path("command"));
		return new MessageText(data.path("message").asString("").replaceAll("\\R", " "), details.toString());
	}

	private static void add(StringBuilder details, String name, JsonNode value) {
		if (!value.isNull() && !value.isMissingNode()) {
			details.append(details.isEmpty() ? "" : "\n").append(name).append(": ").append(value.asString());
		}
	}

	/** Returns subject and details. */
	String all() {
		return this.details.isEmpty() ? "%s: %s".formatted(SIGNATURE, this.subject)
				: "%s: %s\n%s".formatted(SIGNATURE, this.subject, this.details);
	}

}
