package io.deltasync.http.source.page;

import io.deltasync.api.RecordInFlight;
import io.deltasync.http.json.AnswerException;
import io.deltasync.http.source.delta.ChangeProperty;
import org.jspecify.annotations.Nullable;

/**
 * Numbers that do not become smaller, within a page and from page to page. Otherwise a
 * record could get a number below the highest one after its place was read, and the next
 * run would begin above it. Not thread-safe.
 */
public final class GrowingNumbers implements PageOrder {

	private final ChangeProperty property;

	private final boolean sorted;

	private @Nullable Long highest;

	/**
	 * Creates an object for a page.
	 * @param property the property that has the number
	 * @param sorted whether pages follow that must be sorted; a single answer need not be
	 * @param before the highest number of the pages before; null if there is none
	 */
	public GrowingNumbers(ChangeProperty property, boolean sorted, @Nullable Long before) {
		this.property = property;
		this.sorted = sorted;
		this.highest = before;
	}

	@Override
	public void add(RecordInFlight made) {
		Long number = this.property.number(made);
		if (number == null) {
			return;
		}
		if (this.sorted && this.highest != null && number < this.highest) {
			throw new AnswerException(("has a record whose '%s' is %d after one with %d, so a change could be missed; "
					+ "have the API sort by '%s', the lowest first")
				.formatted(this.property.name(), number, this.highest, this.property.name()));
		}
		this.highest = (this.highest != null) ? Long.valueOf(Math.max(this.highest, number)) : number;
	}

	@Override
	public @Nullable Long highest() {
		return this.highest;
	}

}
