package io.deltasync.codec;

import java.lang.reflect.InvocationTargetException;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/**
 * The reason why a scope cannot be written or read.
 * 
 * @param message the reason
 * @param cause the exception, or null if it adds nothing to the message
 */
record Problem(String message, @Nullable Throwable cause) {

	Problem(String message) {
		this(message, null);
	}

	static Problem of(Throwable thrown) {
		if (thrown instanceof JacksonException json) {
			// without the location, which is useless in a text of a single line
			return new Problem(json.getOriginalMessage());
		}
		Throwable cause = thrown.getCause();
		Throwable said = (thrown instanceof InvocationTargetException && cause != null) ? cause : thrown;
		String message = said.getMessage();
		boolean clear = said instanceof IllegalArgumentException || said instanceof UnreadableScopeException;
		return new Problem((clear && message != null) ? message : said.toString(), said);
	}

}
