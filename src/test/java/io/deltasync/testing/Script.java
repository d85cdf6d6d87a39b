package io.deltasync.testing;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import java.util.stream.IntStream;

import io.deltasync.api.FetchStrategy;
import io.deltasync.api.LinkContext;
import io.deltasync.api.RecordFilter;
import io.deltasync.api.RecordInFlight;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.core.step.StepExecution;

/**
 * What the source of a test does and what its target takes, and what both have seen.
 */
public class Script {

	public Plan plan = (source, context) -> FetchStrategy.noRecords();

	public Fetch fetch = (source, context, scope) -> List.of();

	public PlanAgain planAgain = (source, context, scope) -> FetchStrategy.noRecords();

	public Callable<Object> nextScope = () -> null;

	public Callable<FetchStrategy> locate = FetchStrategy::noRecords;

	public Build build = (rows) -> List.of();

	public RecordFilter filter = (context, records) -> {
	};

	/** The instances that were asked for the next scope. */
	public final List<Object> askedForNext = Collections.synchronizedList(new ArrayList<>());

	public final List<String> plannedAgain = Collections.synchronizedList(new ArrayList<>());

	public final List<Integer> slices = Collections.synchronizedList(new ArrayList<>());

	/** The adapters and filters that were made, and those that were closed. */
	public final List<Object> made = Collections.synchronizedList(new ArrayList<>());

	public final List<Object> closed = Collections.synchronizedList(new ArrayList<>());

	/** Thrown by each adapter that is closed. */
	public volatile @Nullable RuntimeException closing;

	/** What the source was told of. */
	public final List<LinkContext> succeeded = Collections.synchronizedList(new ArrayList<>());

	/** Looks at the scopes of a success. */
	public volatile Consumer<Iterable<?>> succeededScopes = (scopes) -> {
	};

	/** Called before the source is told of a success. */
	public volatile Consumer<LinkContext> beforeSuccess = (context) -> {
	};

	/** Keys that the target refuses with an exception for the whole batch. */
	public final Set<Object> poison = ConcurrentHashMap.newKeySet();

	/** Keys of records for which the target aborts the run. */
	public final Set<Object> misfits = ConcurrentHashMap.newKeySet();

	/** Keys that the target marks as failed, taking the others. */
	public final Set<Object> marked = ConcurrentHashMap.newKeySet();

	/** Keys of records that the target leaves out. */
	public final Set<Object> left = ConcurrentHashMap.newKeySet();

	/** Keys of records that the target says are new to it. */
	public final Set<Object> creates = ConcurrentHashMap.newKeySet();

	public volatile @Nullable RuntimeException targetDown;

	/** Called before the target tells its batch size limit. */
	public volatile Runnable beforeLimit = () -> {
	};

	/** Called before the target writes. */
	public volatile Runnable beforePush = () -> {
	};

	/** Called after the target has written. */
	public volatile Runnable afterPush = () -> {
	};

	/** Called before the source says what it reads. */
	public volatile Runnable beforeIdentity = () -> {
	};

	/** What the source says that it reads; null for the default. */
	public volatile @Nullable String sourceIdentity;

	public volatile Callable<List<String>> sourceNames = List::of;

	public volatile Callable<?> sourceValidation = () -> true;

	/** What the target says that it writes; null for the default. */
	public volatile @Nullable String targetIdentity;

	/** The property by which the target knows its records. */
	public volatile String targetKey = "id";

	/** Called before the state of a step is stored. */
	public volatile Consumer<StepExecution> stepUpdate = (step) -> {
	};

	/** Called with a step's name before it is stored for the first time. */
	public volatile Consumer<String> stepCreation = (step) -> {
	};

	/** Called when a job execution has been stored for the first time. */
	public volatile Runnable jobCreated = () -> {
	};

	/** Called before the executions of a job are looked up that may be restarted. */
	public volatile Runnable jobLookedUp = () -> {
	};

	/** Whether the target takes records out of the list that it is given. */
	public volatile boolean drain;

	/** What the target's instances answer, one after the other, and then 100. */
	public final Queue<Integer> limits = new ConcurrentLinkedQueue<>();

	public final List<LinkContext> contexts = Collections.synchronizedList(new ArrayList<>());

	public final List<String> fetched = Collections.synchronizedList(new ArrayList<>());

	public final List<List<Object>> pushes = Collections.synchronizedList(new ArrayList<>());

	public final Map<Object, Map<String, Object>> target = new ConcurrentHashMap<>();

	/** Whether the source says that it knows no deltas. */
	public volatile boolean fetchesEverything;

	public void reset() {
		this.fetchesEverything = false;
		this.plan = (source, context) -> FetchStrategy.noRecords();
		this.fetch = (source, context, scope) -> List.of();
		this.planAgain = (source, context, scope) -> FetchStrategy.noRecords();
		this.nextScope = () -> null;
		this.filter = (context, records) -> {
		};
		this.askedForNext.clear();
		this.plannedAgain.clear();
		this.slices.clear();
		this.poison.clear();
		this.misfits.clear();
		this.marked.clear();
		this.creates.clear();
		this.left.clear();
		this.targetDown = null;
		this.drain = false;
		this.beforeLimit = () -> {
		};
		this.beforePush = () -> {
		};
		this.afterPush = () -> {
		};
		this.targetKey = "id";
		this.beforeIdentity = () -> {
		};
		this.sourceIdentity = null;
		this.sourceNames = List::of;
		this.sourceValidation = () -> true;
		this.targetIdentity = null;
		this.limits.clear();
		this.stepUpdate = (step) -> {
		};
		this.stepCreation = (step) -> {
		};
		this.jobCreated = () -> {
		};
		this.jobLookedUp = () -> {
		};
		this.made.clear();
		this.closed.clear();
		this.closing = null;
		this.succeeded.clear();
		this.beforeSuccess = (context) -> {
		};
		this.contexts.clear();
		this.fetched.clear();
		this.pushes.clear();
		this.target.clear();
	}

	void close(Object adapter) {
		this.closed.add(adapter);
		if (this.closing != null) {
			throw this.closing;
		}
	}

	public static List<RecordInFlight> records(int from, int to) {
		return IntStream.range(from, to).mapToObj(Script::record).toList();
	}

	public static RecordInFlight record(int id) {
		Map<String, Object> properties = new LinkedHashMap<>();
		properties.put("id", id);
		properties.put("name", "name " + id);
		return new RecordInFlight(properties).identifiedBy(List.of("id"));
	}

	public interface Plan {

		@Nullable FetchStrategy planFetch(ScriptedSource source, LinkContext context) throws Exception;

	}

	public interface PlanAgain {

		@Nullable FetchStrategy planFetchAgain(ScriptedDelayedSource source, LinkContext context, String scope) throws Exception;

	}

	public interface Build {

		@Nullable List<RecordInFlight> build(List<Map<String, @Nullable Object>> rows) throws Exception;

	}

	public interface Fetch {

		@Nullable Iterable<RecordInFlight> fetchRecords(ScriptedSource source, LinkContext context, String scope)
				throws Exception;

	}

}
