package io.deltasync.reject;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

import io.deltasync.reject.Reject.Stage;
import org.jspecify.annotations.Nullable;

/**
 * Some of the waiting rejects of a Link.
 *
 * @param link the Link's name
 * @param stage where they failed last; null for anywhere, if the reason is null or a part
 * @param reason the reason, as stored; null for any
 * @param part whether {@code reason} is only a part of the reason
 * @param open whether only open ones are meant, which are neither acknowledged nor
 * quarantined
 */
public record RejectSelection(String link, @Nullable Stage stage, @Nullable String reason, boolean part, boolean open) {

	/**
	 * Selects all waiting rejects of a Link.
	 * @param link the Link's name
	 * @return the selection
	 */
	public static RejectSelection all(String link) {
		return new RejectSelection(link, null, null, false, false);
	}

	/**
	 * Selects the waiting rejects that failed like another one.
	 * @param reject the other one
	 * @return those with the same stage and the same reason
	 */
	public static RejectSelection like(Reject reject) {
		return new RejectSelection(reject.link(), reject.stage(), reject.message(), false, false);
	}

	/**
	 * Selects the waiting rejects of a Link whose reason contains a text.
	 * @param link the Link's name
	 * @param text the text, not empty
	 * @return the selection
	 */
	public static RejectSelection containing(String link, String text) {
		return new RejectSelection(link, null, text, true, false);
	}

	/**
	 * Leaves out the rejects that do not fail runs.
	 * @return the open ones of this selection
	 */
	public RejectSelection onlyOpen() {
		return new RejectSelection(this.link, this.stage, this.reason, this.part, true);
	}

	List<String> states() {
		return this.open ? List.of("OPEN") : List.of("OPEN", "ACKNOWLEDGED", "QUARANTINED");
	}

	/**
	 * Returns the table with the index that MySQL must use: when a Link has most of all
	 * rejects, it would read all of them in an order that does not need sorting.
	 */
	String table() {
		return "SYNC_REJECT /*! FORCE INDEX (%s) */"
			.formatted((this.reason != null && !this.part) ? "SYNC_REJECT_REASON" : "SYNC_REJECT_STATE");
	}

	/** Returns the condition on the rejects in one state. */
	String condition() {
		return "LINK = ? AND STATE = ?"
				+ ((this.reason == null) ? "" : this.part ? " AND POSITION(? IN MESSAGE) > 0" : " AND REASON_ID = ?");
	}

	/** Returns the order by number, in terms of the index that the condition has. */
	String order() {
		return " ORDER BY LINK, STATE, " + ((this.reason != null && !this.part) ? "REASON_ID, " : "") + "REJECT_ID";
	}

	/** Returns the values of the condition, followed by others. */
	List<Object> values(String state, Object... others) {
		List<Object> values = new ArrayList<>(List.of(this.link, state));
		if (this.reason != null) {
			values.add(this.part ? this.reason : reasonId(Objects.requireNonNull(this.stage), this.reason));
		}
		values.addAll(List.of(others));
		return values;
	}

	/** Returns the digest that the database computes in the column {@code REASON_ID}. */
	private static byte[] reasonId(Stage stage, String reason) {
		try {
			byte[] digest = MessageDigest.getInstance("SHA-256")
				.digest((stage.name() + " " + reason).getBytes(StandardCharsets.UTF_8));
			return Arrays.copyOf(digest, 16);
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
