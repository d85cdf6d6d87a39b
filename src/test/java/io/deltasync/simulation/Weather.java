package io.deltasync.simulation;

import java.io.IOException;
import java.net.ConnectException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;

import org.jspecify.annotations.Nullable;

/**
 * What fails at present. Told by record and scope, never by time or order, so that it is
 * the same whichever lane comes first. Thread-safe.
 */
final class Weather {

	private final int keys;

	/**
	 * What may fail in this history: of few kinds, one more often comes upon the other.
	 */
	private final List<Failure> possible = new ArrayList<>();

	private int salt;

	private @Nullable String planning;

	private boolean limit;

	private int brokenScopes;

	private boolean passing;

	private @Nullable Integer outageAt;

	private final Set<Integer> thrown = new TreeSet<>();

	private final Set<Integer> marked = new TreeSet<>();

	private final Set<String> passed = new HashSet<>();

	private final @Nullable ApiWeather ofApi;

	/**
	 * Makes fine weather.
	 * @param keys how many keys there are
	 * @param random what the kinds of failures to come are drawn from
	 * @param ofApi that of the API that is read, or null
	 */
	Weather(int keys, SplittableRandom random, @Nullable ApiWeather ofApi) {
		this.keys = keys;
		this.ofApi = ofApi;
		for (Failure failure : Failure.values()) {
			if (random.nextBoolean()) {
				this.possible.add(failure);
			}
		}
	}

	private enum Failure {

		SOURCE_AWAY, SOURCE_BROKEN, TARGET_AWAY, TARGET_AWAY_MIDWAY, BATCH_REFUSED, RECORD_REFUSED, SCOPES_BROKEN

	}

	@Nullable ApiWeather ofApi() {
		return this.ofApi;
	}

	/** All is fine. */
	synchronized void clear() {
		if (this.ofApi != null) {
			this.ofApi.clear();
		}
		this.planning = null;
		this.limit = false;
		this.brokenScopes = 0;
		this.passing = false;
		this.outageAt = null;
		this.thrown.clear();
		this.marked.clear();
		this.passed.clear();
	}

	/** Changes: what fails for single records or scopes may stay for some time. */
	synchronized void change(SplittableRandom random) {
		if (this.ofApi != null && random.nextInt(4) > 0) {
			// what an API says is seen only where nothing else fails
			clear();
			this.ofApi.change(random);
			return;
		}
		this.planning = null;
		this.limit = false;
		this.outageAt = null;
		this.passed.clear();
		if (random.nextInt(3) == 0) {
			clear();
		}
		if (!this.possible.isEmpty() && random.nextInt(5) > 0) {
			fail(this.possible.get(random.nextInt(this.possible.size())), random);
		}
	}

	private void fail(Failure failure, SplittableRandom random) {
		switch (failure) {
			case SOURCE_AWAY -> this.planning = "outage";
			case SOURCE_BROKEN -> this.planning = "broken";
			case TARGET_AWAY -> this.limit = true;
			case TARGET_AWAY_MIDWAY -> this.outageAt = random.nextInt(this.keys);
			case BATCH_REFUSED -> this.thrown.add(random.nextInt(this.keys));
			case RECORD_REFUSED -> this.marked.add(random.nextInt(this.keys));
			case SCOPES_BROKEN -> {
				this.salt = random.nextInt();
				this.brokenScopes = random.nextInt(1, 4);
				this.passing = random.nextInt(4) == 0;
			}
		}
	}

	synchronized void plan() throws Exception {
		if ("outage".equals(this.planning)) {
			throw new ConnectException("the source is away");
		}
		if (this.planning != null) {
			throw new IllegalStateException("the source cannot plan");
		}
	}

	synchronized void limit() {
		if (this.limit) {
			throw new IllegalStateException(new ConnectException("the target is away"));
		}
	}

	/** After how many records a scope breaks off; -1: not at all. */
	synchronized int breaksAfter(String scope) {
		int drawn = (scope.hashCode() ^ this.salt) * 0x9E3779B9 >>> 16;
		if (drawn % 4 >= this.brokenScopes || (this.passing && !this.passed.add(scope))) {
			return -1;
		}
		return drawn / 4 % 3;
	}

	synchronized Exception breakage() {
		return this.passing ? new IOException("broke off") : new IllegalStateException("corrupt");
	}

	/** Before a record is written; those before it in its batch have been. */
	synchronized void push(int key) throws Exception {
		if (this.outageAt != null && this.outageAt == key) {
			throw new ConnectException("the target is away");
		}
	}

	/** Tells whether a batch breaks off at a key. */
	synchronized boolean refuses(int key) {
		return this.thrown.contains(key);
	}

	synchronized boolean marks(int key) {
		return this.marked.contains(key);
	}

	@Override
	public synchronized String toString() {
		StringBuilder text = new StringBuilder();
		text.append((this.planning != null) ? " planning " + this.planning : "");
		text.append(this.limit ? " target away" : "");
		text.append((this.outageAt != null) ? " target away at " + this.outageAt : "");
		text.append(this.thrown.isEmpty() ? "" : " refuses batches with " + this.thrown);
		text.append(this.marked.isEmpty() ? "" : " refuses " + this.marked);
		text.append((this.brokenScopes > 0)
				? " breaks %d of 4 scopes%s".formatted(this.brokenScopes, this.passing ? " once" : "") : "");
		text.append((this.ofApi != null) ? this.ofApi : "");
		return text.isEmpty() ? "" : "[" + text.toString().strip() + "] ";
	}

}
