package io.deltasync.console.api;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.deltasync.console.api.problem.ApiException;
import io.deltasync.console.api.problem.ProblemType;
import io.deltasync.reject.Reject;
import org.jspecify.annotations.Nullable;

/**
 * The place of a reject among the waiting ones of its Link, as a text in an address.
 *
 * @param open whether it is among those that hold back the window, which come first
 * @param id its number; 0 for the place before the first
 */
record WaitingPlace(boolean open, long id) {

	private static final Pattern TEXT = Pattern.compile("(open|other)\\.(\\d{1,18})");

	static WaitingPlace of(Reject reject) {
		return new WaitingPlace(reject.state() == Reject.State.OPEN, reject.id());
	}

	static WaitingPlace of(@Nullable String text) {
		if (text == null) {
			return new WaitingPlace(true, 0);
		}
		Matcher matcher = TEXT.matcher(text);
		if (!matcher.matches()) {
			throw new ApiException(ProblemType.INVALID_REQUEST,
					"'after' has a wrong value: %s. Use the address in 'next'".formatted(text));
		}
		return new WaitingPlace(matcher.group(1).equals("open"), Long.parseLong(matcher.group(2)));
	}

	@Override
	public String toString() {
		return (this.open ? "open." : "other.") + this.id;
	}

}
