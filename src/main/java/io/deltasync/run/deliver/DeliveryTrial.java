package io.deltasync.run.deliver;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;

import io.deltasync.api.AbortRunException;
import io.deltasync.api.FoundRecord;
import io.deltasync.api.LinkContext;
import io.deltasync.api.RecordInFlight;
import io.deltasync.api.RunContext;
import io.deltasync.api.TargetAdapter;
import io.deltasync.api.TargetAdapterForLookup;
import io.deltasync.codec.ValueCodec;
import io.deltasync.event.LoggedRecord.Outcome;
import io.deltasync.link.Link;
import io.deltasync.reject.RecordIdentity;
import io.deltasync.reject.Reject;
import io.deltasync.run.plan.AnswerLimit;
import io.deltasync.run.retry.Instances;
import io.deltasync.run.retry.Messages;
import io.deltasync.run.retry.Retries;
import org.jspecify.annotations.Nullable;

/**
 * Shows where a delivery of a record would lead, outside of runs: passes it through the
 * filters and the mapping of its Link, and looks up its row at the target. Delivers and
 * stores nothing. Not thread-safe.
 */
public final class DeliveryTrial {

	private final Link link;

	private final LinkContext context;

	private final ValueCodec codec;

	private final Retries retries;

	private final KeyEncoder keys;

	private final AnswerLimit limit;

	/**
	 * Creates a trial for one record.
	 * @param link the Link
	 * @param context the context passed to filters and target, in testing mode
	 */
	public DeliveryTrial(Link link, LinkContext context) {
		this.link = link;
		this.context = context;
		this.codec = ValueCodec.ofProperties(link.sourceType());
		this.retries = StandaloneDelivery.retries(context);
		this.keys = new KeyEncoder(link.mapping(), this.codec);
		this.limit = new AnswerLimit(link);
	}

	/**
	 * Passes a record through filters and mapping.
	 * @param record the record, which is changed
	 * @return the outcome
	 * @throws AbortRunException if a run would be aborted
	 */
	public Passage pass(RecordInFlight record) {
		return ask(() -> {
			BatchRecord batchRecord = BatchRecord.standalone(record);
			Filters filters = new Filters(this.link.filters(), this.context, this.retries);
			try {
				// nothing is left for the target
				new Delivery(this.context, filters, this.link.mapping()::apply, (batch) -> List.of(), new NoTarget(),
						this.retries)
					.deliver(List.of(batchRecord));
			}
			finally {
				filters.close();
			}
			String reason = record.isFailed() ? Messages.reason(record, this.link.mask()) : record.ignoreReason();
			return new Passage(batchRecord.outcome(), batchRecord.stoppedBy, batchRecord.failedAt,
					(reason != null) ? this.link.mask().hideIn(reason, record) : null);
		});
	}

	/**
	 * Returns the key of a record as the target would receive it.
	 * @param record a record of which only the key need be known
	 * @return the record to look up; null if the key cannot be mapped
	 */
	public @Nullable RecordInFlight mappedKey(RecordInFlight record) {
		return this.keys.mapped(record);
	}

	/**
	 * Whether the target of a Link can find a single record.
	 * @param link the Link
	 * @return true if its adapter implements the interface
	 */
	public static boolean canLookUp(Link link) {
		return TargetAdapterForLookup.class.isAssignableFrom(link.targetType());
	}

	/**
	 * Looks up what the target holds for a record.
	 * @param record the record after the mapping
	 * @return what it holds; empty if it has no such row
	 * @throws AbortRunException if the target cannot be asked
	 */
	public Optional<FoundRecord> lookUp(RecordInFlight record) {
		return ask(() -> Instances.use(this.link.newTarget(),
				(target) -> Optional.ofNullable(((TargetAdapterForLookup) target).lookUp(this.context, record))));
	}

	/**
	 * Identifies a record among the rejects of its Link.
	 * @param record the record with its original properties
	 * @return the digest of its key
	 */
	public String recordId(RecordInFlight record) {
		return RecordIdentity.recordId(record, this.codec);
	}

	/**
	 * Identifies a record in the stored state of its Link.
	 * @param record the record with its original properties
	 * @param mapped the same record, or its key alone, after the mapping; null if it
	 * cannot be mapped
	 * @return the digests
	 * @throws AbortRunException if the target cannot be asked
	 */
	public Identity identify(RecordInFlight record, @Nullable RecordInFlight mapped) {
		String recordId = recordId(record);
		if (!this.link.remembersDeliveries() || mapped == null) {
			return new Identity(recordId, null, null);
		}
		RowIds ids = new RowIds(this.link, this.codec);
		BatchRecord batchRecord = BatchRecord.standalone(mapped);
		ask(() -> Instances.use(this.link.newTarget(), (target) -> {
			new TargetRows(this.context, this.retries, target, this.keys).ofReady(List.of(batchRecord));
			return true;
		}));
		ids.identify(List.of(batchRecord));
		String rowId = (batchRecord.recordId != null) ? ids.indexId(batchRecord) : null;
		return new Identity(recordId, rowId, batchRecord.contentId);
	}

	private <T> T ask(Callable<T> question) {
		try {
			return this.limit.askTarget(() -> new RunContext().call(question));
		}
		catch (AbortRunException ex) {
			throw ex;
		}
		catch (Exception ex) {
			throw new AbortRunException(Messages.of(ex), ex);
		}
	}

	/**
	 * Recreates a record of which only the key is known.
	 * @param key the values of its key
	 * @return the record
	 */
	public static RecordInFlight ofKey(Map<String, Object> key) {
		return new RecordInFlight(key).identifiedBy(List.copyOf(key.keySet()));
	}

	/**
	 * The digests of a record.
	 *
	 * @param recordId the digest of its key
	 * @param rowId the id of its row in the delivery index; null without an index
	 * @param contentId the digest of what would be written; null if contents are not
	 * compared
	 */
	public record Identity(String recordId, @Nullable String rowId, @Nullable String contentId) {

		/** Whether the target received exactly this content. */
		public boolean isContent(@Nullable String delivered) {
			return delivered != null && Objects.equals(delivered, this.contentId);
		}

	}

	/**
	 * The way of a record through filters and mapping.
	 *
	 * @param outcome {@code WRITTEN} if it would reach the target
	 * @param filter the filter that stopped it; null if none did
	 * @param failedAt where it failed, or null
	 * @param reason why it was ignored or failed, without masked values; null without a
	 * reason
	 */
	public record Passage(Outcome outcome, @Nullable String filter, Reject.@Nullable Stage failedAt,
			@Nullable String reason) {

		/** Whether the record would reach the target. */
		public boolean reachesTarget() {
			return this.outcome == Outcome.WRITTEN;
		}

	}

	/** Stands for the target, which is given nothing. */
	private static final class NoTarget implements TargetAdapter {

		@Override
		public int getBatchSizeLimit(LinkContext context) {
			return 1;
		}

		@Override
		public void pushRecords(LinkContext context, List<RecordInFlight> records) {
			throw new IllegalStateException("A trial delivers nothing");
		}

	}

}
