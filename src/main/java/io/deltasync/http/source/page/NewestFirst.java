package io.deltasync.http.source.page;

import java.time.Instant;

import io.deltasync.api.RecordInFlight;
import io.deltasync.http.json.AnswerException;
import io.deltasync.http.source.delta.ChangeProperty;
import io.deltasync.http.source.delta.Window;
import org.jspecify.annotations.Nullable;

/**
 * Times that do not become later within a page. With the first record from before the
 * window, the next pages have no changes. Not thread-safe.
 */
public final class NewestFirst implements PageOrder {

	private final ChangeProperty property;

	private final Window window;

	private @Nullable Instant before;

	private boolean enough;

	public NewestFirst(ChangeProperty property, Window window) {
		this.property = property;
		this.window = window;
	}

	@Override
	public void add(RecordInFlight made) {
		Instant time = this.property.time(made);
		if (time == null) {
			return;
		}
		if (this.before != null && time.isAfter(this.before)) {
			throw new AnswerException(("has a record whose '%s' is %s after one with %s, so it does not begin with the "
					+ "newest record; have the API sort by '%s', or remove delta.order")
				.formatted(this.property.name(), time, this.before, this.property.name()));
		}
		this.before = time;
		this.enough |= this.property.isBefore(made, this.window);
	}

	@Override
	public boolean isGrowing() {
		return true;
	}

	@Override
	public boolean isEnough() {
		return this.enough;
	}

}
