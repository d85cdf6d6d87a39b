package io.deltasync.console.api.problem;

import java.util.Locale;

import org.springframework.http.HttpStatus;

/**
 * The kinds of problems that the REST API reports. Their names, statuses and addresses
 * are stable.
 */
public enum ProblemType {

	/** The request is not understood. */
	INVALID_REQUEST(HttpStatus.BAD_REQUEST, "Invalid request"),

	/** There is no valid token. */
	UNAUTHENTICATED(HttpStatus.UNAUTHORIZED, "Access token needed"),

	/** The token's role is not sufficient. */
	FORBIDDEN(HttpStatus.FORBIDDEN, "Not permitted"),

	/** What is asked for does not exist, or not for this token. */
	NOT_FOUND(HttpStatus.NOT_FOUND, "Not found"),

	/** The address does not support the method. */
	METHOD_NOT_ALLOWED(HttpStatus.METHOD_NOT_ALLOWED, "Method not supported"),

	/** The client does not accept JSON. */
	NOT_ACCEPTABLE(HttpStatus.NOT_ACCEPTABLE, "Only JSON can be answered"),

	/** Another run holds the Link. */
	LINK_BUSY(HttpStatus.CONFLICT, "The Link is busy"),

	/** A run does not start. */
	RUN_REFUSED(HttpStatus.CONFLICT, "The run was not started"),

	/** The action does not fit the current state. */
	CONFLICT(HttpStatus.CONFLICT, "Not possible in this state"),

	/** The window is not the one that the client has read. */
	WINDOW_CHANGED(HttpStatus.PRECONDITION_FAILED, "The window has changed"),

	/** The body is too large. */
	TOO_LARGE(HttpStatus.CONTENT_TOO_LARGE, "The body is too large"),

	/** The body has a type that this address does not take. */
	UNSUPPORTED_MEDIA_TYPE(HttpStatus.UNSUPPORTED_MEDIA_TYPE, "The type of the body is not supported"),

	/** The source's adapter does not take the pushed records. */
	RECORDS_REFUSED(HttpStatus.UNPROCESSABLE_CONTENT, "The records cannot be delivered"),

	/** Another request had the same idempotency key. */
	KEY_REUSED(HttpStatus.UNPROCESSABLE_CONTENT, "The idempotency key was used before"),

	/** Too many pushed requests wait. */
	INBOX_FULL(HttpStatus.TOO_MANY_REQUESTS, "Too many requests wait"),

	/** A change of the window needs the version that the client has read. */
	IF_MATCH_REQUIRED(HttpStatus.PRECONDITION_REQUIRED, "If-Match needed"),

	/** An error of DeltaSync. */
	INTERNAL_ERROR(HttpStatus.INTERNAL_SERVER_ERROR, "Unexpected error"),

	/** A database or a system is not available. */
	UNAVAILABLE(HttpStatus.SERVICE_UNAVAILABLE, "Not available");

	private static final String PAGE = "https://github.com/deltasync/deltasync/blob/main/docs/api.md#";

	private final HttpStatus status;

	private final String title;

	ProblemType(HttpStatus status, String title) {
		this.status = status;
		this.title = title;
	}

	/** Returns the HTTP status of its answers. */
	public HttpStatus status() {
		return this.status;
	}

	String title() {
		return this.title;
	}

	/** Returns the name in the address: that of a heading in the documentation. */
	public String anchor() {
		return name().toLowerCase(Locale.ROOT).replace('_', '-');
	}

	String address() {
		return PAGE + anchor();
	}

}
