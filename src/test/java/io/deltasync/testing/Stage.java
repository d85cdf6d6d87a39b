package io.deltasync.testing;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import io.deltasync.api.FetchStrategy;
import io.deltasync.api.LinkContext;
import io.deltasync.api.RecordInFlight;
import io.deltasync.api.SourceAdapterForPull;
import io.deltasync.api.TargetAdapterForDeletes;

/**
 * The source and the target of the Links of a test, which determines how each run goes.
 * Thread-safe.
 */
public final class Stage {

	/** What holds the delivery of a Link, as a prefix of its name. */
	private static final String DELIVERY = "delivery of ";

	private final List<String> delivering = new CopyOnWriteArrayList<>();

	private final List<String> begun = new CopyOnWriteArrayList<>();

	private final Set<String> offline = ConcurrentHashMap.newKeySet();

	private final Map<String, CountDownLatch> held = new ConcurrentHashMap<>();

	private final Map<String, Integer> records = new ConcurrentHashMap<>();

	private final Set<Integer> refused = ConcurrentHashMap.newKeySet();

	private final Map<String, String> places = new ConcurrentHashMap<>();

	private final List<String> identityCalls = new CopyOnWriteArrayList<>();

	/** Changes the identity of the source of a Link. */
	public void move(String link, String place) {
		this.places.put(link, place);
	}

	/** Returns the Links whose sources were asked for their identity, in order. */
	public List<String> identityCalls() {
		return Collections.unmodifiableList(this.identityCalls);
	}

	public void clearIdentityCalls() {
		this.identityCalls.clear();
	}

	/** Returns the Links whose runs have begun to plan, in order. */
	public List<String> begun() {
		return Collections.unmodifiableList(this.begun);
	}

	/** Makes the source of a Link unreachable. */
	public void offline(String link) {
		this.offline.add(link);
	}

	public void online(String link) {
		this.offline.remove(link);
	}

	/** Has runs of a Link wait while they plan. */
	public void hold(String link) {
		this.held.put(link, new CountDownLatch(1));
	}

	/** Lets the waiting run of a Link continue, and later ones. */
	public void release(String link) {
		CountDownLatch latch = this.held.remove(link);
		if (latch != null) {
			latch.countDown();
		}
	}

	/** Has runs of a Link wait while they deliver. */
	public void holdDelivery(String link) {
		hold(DELIVERY + link);
	}

	/** Returns the Links whose runs have begun to deliver, in order. */
	public List<String> delivering() {
		return Collections.unmodifiableList(this.delivering);
	}

	/** Lets the waiting delivery of a Link continue, and later ones. */
	public void releaseDelivery(String link) {
		release(DELIVERY + link);
	}

	/** Has targets accept the record of a number again. */
	public void accept(int number) {
		this.refused.remove(number);
	}

	/**
	 * Gives a Link's source records with the numbers from 0 on. So many that no run ends
	 * before it is stopped cost nothing.
	 */
	public void records(String link, int count) {
		this.records.put(link, count);
	}

	/** Has targets refuse the record of a number. */
	public void refuse(int number) {
		this.refused.add(number);
	}

	/** Resets everything. Held runs continue. */
	public void clear() {
		List.copyOf(this.held.keySet()).forEach(this::release);
		this.begun.clear();
		this.delivering.clear();
		this.offline.clear();
		this.records.clear();
		this.refused.clear();
		this.places.clear();
		this.identityCalls.clear();
	}

	/** The source. */
	public record StagedSource(Stage stage) implements SourceAdapterForPull {

		@Override
		public String identity(LinkContext context) {
			this.stage.identityCalls.add(context.linkName());
			return this.stage.places.getOrDefault(context.linkName(), "here");
		}

		@Override
		public FetchStrategy planFetch(LinkContext context) throws InterruptedException {
			String link = context.linkName();
			this.stage.begun.add(link);
			CountDownLatch latch = this.stage.held.get(link);
			if (latch != null && !latch.await(1, TimeUnit.MINUTES)) {
				throw new AssertionError("Nobody released " + link);
			}
			if (this.stage.offline.contains(link)) {
				throw new IllegalStateException("offline");
			}
			return this.stage.records.containsKey(link) ? FetchStrategy.immediate() : FetchStrategy.noRecords();
		}

		@Override
		public Iterable<RecordInFlight> fetchRecords(LinkContext context, Object scope) {
			int count = this.stage.records.get(context.linkName());
			return () -> IntStream.range(0, count)
				.mapToObj((id) -> new RecordInFlight(Map.of("id", id)).identifiedBy(List.of("id")))
				.iterator();
		}

	}

	/** The target. */
	public record StagedTarget(Stage stage) implements TargetAdapterForDeletes {

		@Override
		public int getBatchSizeLimit(LinkContext context) {
			return 100;
		}

		@Override
		public void pushRecords(LinkContext context, List<RecordInFlight> records) throws InterruptedException {
			this.stage.delivering.add(context.linkName());
			CountDownLatch latch = this.stage.held.get(DELIVERY + context.linkName());
			if (latch != null && !latch.await(1, TimeUnit.MINUTES)) {
				throw new AssertionError("Nobody released " + context.linkName());
			}
			for (RecordInFlight record : records) {
				if (record.get("id") instanceof Number id && this.stage.refused.contains(id.intValue())) {
					record.addError("refused");
				}
			}
		}

	}

}
