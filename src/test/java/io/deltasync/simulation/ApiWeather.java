package io.deltasync.simulation;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;

import org.jspecify.annotations.Nullable;

/**
 * What is wrong with an API at present. Decided by the request, never by time or order.
 * Thread-safe.
 */
final class ApiWeather {

	/** Of so many parts of all requests, some meet the fault. */
	private static final int PARTS = 4;

	private final List<ApiFault> possible = new ArrayList<>();

	private @Nullable ApiFault fault;

	private int parts;

	private int salt;

	private boolean once;

	private final Set<String> passed = new HashSet<>();

	/**
	 * Makes fine weather. Of the faults to come, half are lies, which are harder to
	 * notice.
	 * @param kind how the API is read
	 * @param random what the kinds of faults to come are drawn from
	 */
	ApiWeather(LinkKind kind, SplittableRandom random) {
		for (ApiFault one : ApiFault.values()) {
			if (one.happensTo(kind) && random.nextInt(4) < (one.lies() ? 2 : 1)) {
				this.possible.add(one);
			}
		}
	}

	synchronized void clear() {
		this.fault = null;
		this.passed.clear();
	}

	synchronized void change(SplittableRandom random) {
		clear();
		if (!this.possible.isEmpty() && random.nextInt(3) > 0) {
			this.fault = this.possible.get(random.nextInt(this.possible.size()));
			this.parts = random.nextInt(1, PARTS + 1);
			this.salt = random.nextInt();
			this.once = this.fault.passes() || random.nextBoolean();
		}
	}

	/** Returns the fault that a request meets; null if there is none. */
	synchronized @Nullable ApiFault fault(ApiRequest request) {
		String text = request.toString();
		int drawn = (text.hashCode() ^ this.salt) * 0x9E3779B9 >>> 16;
		return (drawn % PARTS >= this.parts || (this.once && !this.passed.add(text))) ? null : this.fault;
	}

	@Override
	public synchronized String toString() {
		return (this.fault == null) ? ""
				: " API %s at %d of %d requests%s".formatted(this.fault, this.parts, PARTS, this.once ? " once" : "");
	}

}
