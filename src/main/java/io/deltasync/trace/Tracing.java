package io.deltasync.trace;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

import io.deltasync.api.AbortRunException;
import io.deltasync.api.FoundRecord;
import io.deltasync.api.LinkContext;
import io.deltasync.api.RecordInFlight;
import io.deltasync.api.WindowPosition;
import io.deltasync.event.LoggedRecord.Outcome;
import io.deltasync.link.Link;
import io.deltasync.reject.Reject;
import io.deltasync.run.deliver.DeliveryTrial;
import io.deltasync.run.deliver.DeliveryTrial.Identity;
import io.deltasync.run.deliver.DeliveryTrial.Passage;
import io.deltasync.run.fetch.SourceLookup;
import io.deltasync.trace.Facts.Delivered;
import io.deltasync.trace.Facts.Held;
import io.deltasync.trace.Facts.LastRun;
import io.deltasync.trace.Facts.Presence;
import io.deltasync.trace.Facts.WaitingReject;
import io.deltasync.trace.Trace.KnownDelivery;
import io.deltasync.trace.Trace.KnownReject;
import io.deltasync.trace.Trace.Logged;
import io.deltasync.trace.Trace.Run;
import io.deltasync.trace.Trace.Side;
import org.jspecify.annotations.Nullable;

/**
 * Finds out where one record is. Used once.
 */
final class Tracing {

	private final Link link;

	private final KeyOfRecord key;

	private final SourceLookup lookup;

	private final DeliveryTrial trial;

	private final StoredTraces stored;

	private final ShownValues values;

	private @Nullable RecordInFlight record;

	private @Nullable String sourceProblem;

	private @Nullable WindowPosition position;

	private @Nullable Passage passage;

	private Side target = Side.without("its adapter cannot look up a record");

	private Held held = Held.UNKNOWN;

	Tracing(Link link, LinkContext context, SourceLookup lookup, KeyOfRecord key, StoredTraces stored) {
		this.link = link;
		this.key = key;
		this.lookup = lookup;
		this.trial = new DeliveryTrial(link, context);
		this.stored = stored;
		this.values = new ShownValues(link);
		this.sourceProblem = key.problem();
	}

	Trace trace() {
		askSource();
		passThrough();
		List<RecordInFlight> candidates = (this.record != null) ? List.of(this.record) : this.key.records();
		RecordInFlight mapped = mapped(candidates);
		askTarget(mapped);
		List<Identity> identities = identities(candidates);
		String shownKey = Objects.requireNonNullElseGet(
				(this.record != null) ? this.link.mask().key(this.record) : null,
				() -> this.key.isMasked(this.link.mask()) ? this.values.key(this.key.texts())
						: String.join(",", this.key.texts().values()));
		List<Logged> log = this.key.isMasked(this.link.mask()) ? List.of()
				: this.stored.log(this.link.name(), shownKey);
		KnownReject reject = this.stored.reject(this.link.name(), identities);
		KnownDelivery delivery = this.stored.delivery(this.link, identities);
		Run run = this.stored.lastRun(this.link.name());
		Conclusion conclusion = Conclusion.of(facts(reject, delivered(delivery, log), run));
		return new Trace(this.link.name(), shownKey, conclusion.where(), conclusion.where().isFine(),
				conclusion.sentence(), conclusion.next(), source(), shown(this.position), this.passage, this.target,
				reject, delivery, log, run,
				this.record != null && Tracer.refusal(this.link) == null && !this.key.isMasked(this.link.mask()));
	}

	private void askSource() {
		Map<String, Object> values = this.key.values();
		if (values == null) {
			return;
		}
		try {
			this.record = this.lookup.find(values).orElse(null);
			this.position = this.lookup.position(values).orElse(null);
		}
		catch (IllegalArgumentException ex) {
			throw new UntraceableException("Link '%s': %s".formatted(this.link.name(), message(ex)));
		}
		catch (RuntimeException ex) {
			this.sourceProblem = message(ex);
		}
	}

	private void passThrough() {
		if (this.record != null) {
			try {
				this.passage = this.trial.pass(this.record);
			}
			catch (AbortRunException ex) {
				this.passage = new Passage(Outcome.FAILED, null, Reject.Stage.MAPPING, message(ex));
			}
		}
	}

	/** Returns the record to look up at the target; null if none can be. */
	private @Nullable RecordInFlight mapped(List<RecordInFlight> candidates) {
		if (this.passage != null && this.passage.reachesTarget()) {
			return this.record;
		}
		try {
			return this.key.named() ? this.trial.mappedKey(candidates.get(0)) : null;
		}
		catch (RuntimeException ex) {
			return null;
		}
	}

	private void askTarget(@Nullable RecordInFlight mapped) {
		if (!DeliveryTrial.canLookUp(this.link)) {
			return;
		}
		if (mapped == null) {
			this.target = Side.without("the key is not known as the target has it");
			return;
		}
		try {
			Optional<FoundRecord> found = this.trial.lookUp(mapped);
			this.target = found.map(this::side).orElseGet(() -> Side.without(null));
			this.held = found.map(this::held).orElse(Held.NOTHING);
		}
		catch (RuntimeException ex) {
			this.target = Side.without(message(ex));
		}
	}

	private Side side(FoundRecord found) {
		Set<String> names = (this.record != null) ? this.record.originalProperties().keySet()
				: this.key.texts().keySet();
		return new Side(Side.State.PRESENT, null, this.values.ofTarget(found.properties(), names), found.differences());
	}

	private Held held(FoundRecord found) {
		boolean compared = this.passage != null && this.passage.reachesTarget();
		return !compared ? Held.SOMETHING : found.differences().isEmpty() ? Held.SAME : Held.DIFFERENT;
	}

	private List<Identity> identities(List<RecordInFlight> candidates) {
		List<Identity> identities = new ArrayList<>();
		for (RecordInFlight candidate : candidates) {
			try {
				identities.add(this.trial.identify(candidate, mapped(List.of(candidate))));
			}
			catch (RuntimeException ex) {
				identities.add(new Identity(this.trial.recordId(candidate), null, null));
			}
		}
		return identities;
	}

	private static Delivered delivered(@Nullable KnownDelivery delivery, List<Logged> log) {
		if (delivery != null) {
			return Boolean.TRUE.equals(delivery.content()) ? Delivered.THIS : Delivered.SOMETHING;
		}
		return StoredTraces.isWritten(log) ? Delivered.SOMETHING : Delivered.NOT_KNOWN;
	}

	private Facts facts(@Nullable KnownReject reject, Delivered delivered, @Nullable Run run) {
		Presence presence = (this.record != null) ? Presence.PRESENT
				: (this.sourceProblem != null) ? Presence.UNKNOWN : Presence.ABSENT;
		return new Facts(this.link.name(), this.key.inShell(this.link.mask()), presence,
				(this.position != null) ? this.position.place() : null, this.passage, this.held,
				this.target.differences(),
				(reject != null && reject.state().isWaiting())
						? new WaitingReject(reject.id(), reject.message(), reject.state() == Reject.State.OPEN) : null,
				delivered, (run != null) ? new LastRun(run.event(), !run.status().ended(), run.success()) : null,
				this.link.deletes() != Link.Deletes.OFF);
	}

	private Side source() {
		return (this.record != null) ? new Side(Side.State.PRESENT, null, this.values.ofSource(this.record), List.of())
				: Side.without(this.sourceProblem);
	}

	private @Nullable WindowPosition shown(@Nullable WindowPosition found) {
		return (found != null) ? new WindowPosition(found.place(), found.property(),
				this.values.ofSource(found.property(), found.value()), found.from(), found.to()) : null;
	}

	private String message(RuntimeException ex) {
		return this.values.message(String.valueOf(ex.getMessage()), this.key.texts());
	}

}
