package io.deltasync.console.api;

import java.net.URI;

import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.util.UriUtils;

/**
 * A run that was started. The components are its fields in JSON.
 *
 * @param link the Link's name
 * @param event the Sync Event; null if it is not stored yet, because a system does not
 * answer
 */
record Started(String link, @Nullable Long event) {

	/** Answers with the address of the event, or of the Link's events. */
	static ResponseEntity<Started> response(String link, @Nullable Long event, HttpServletRequest request) {
		String path = (event != null) ? "/events/" + event
				: "/links/%s/events".formatted(UriUtils.encode(link, "UTF-8"));
		return ResponseEntity.accepted()
			.location(URI.create(request.getContextPath() + "/api/v1" + path))
			.body(new Started(link, event));
	}

}
