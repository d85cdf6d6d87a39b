package io.deltasync.simulation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.stream.Collectors;

import io.deltasync.api.ChainFetchAdapter;
import io.deltasync.api.DelayedPlanningAdapter;
import io.deltasync.api.FetchStrategy;
import io.deltasync.api.LinkContext;
import io.deltasync.api.RecordInFlight;
import io.deltasync.api.RunContext;
import io.deltasync.api.SourceAdapterScopeSerializer;
import io.deltasync.simulation.LinkKind.Reading;
import org.jspecify.annotations.Nullable;

/**
 * A source without a fault that answers with any strategy, drawn by chance. A scope is a
 * text: the cursor to set, what planning has left to hand over, or the keys to fetch.
 */
final class SimulatedPages implements DelayedPlanningAdapter, ChainFetchAdapter, SourceAdapterScopeSerializer {

	private static final int MOST_ROUNDS = 4;

	/** In place of the round: a scope of a chain, which goes on with what it leaves. */
	private static final int CHAINED = -1;

	private final Hooks hooks;

	private @Nullable Scope immediate;

	private @Nullable Scope next;

	SimulatedPages(Hooks hooks) {
		this.hooks = hooks;
	}

	/**
	 * What is left to do.
	 *
	 * @param keys the keys to fetch, or to hand over
	 * @param round how often was planned
	 * @param cursor the cursor that fetching sets; empty: none
	 * @param paged whether lists were handed over before
	 */
	private record Scope(List<Integer> keys, int round, String cursor, boolean paged) {

		static Scope of(String text) {
			String[] parts = text.split(";", -1);
			List<Integer> keys = parts[0].isEmpty() ? List.of()
					: Arrays.stream(parts[0].split(",")).map(Integer::valueOf).toList();
			return new Scope(keys, Integer.parseInt(parts[1]), parts[2], Boolean.parseBoolean(parts[3]));
		}

		Scope with(List<Integer> newKeys) {
			return new Scope(newKeys, this.round, this.cursor, this.paged);
		}

		@Override
		public String toString() {
			return this.keys.stream().map(String::valueOf).collect(Collectors.joining(",")) + ";" + this.round + ";"
					+ this.cursor + ";" + this.paged;
		}

	}

	@Override
	public FetchStrategy planFetch(LinkContext context) throws Exception {
		return this.hooks.plan(context, () -> {
			Scene scene = this.hooks.scene(context);
			String head = String.valueOf(scene.source().position());
			List<Integer> keys = scene.source().changedSince(from(context, scene));
			SplittableRandom random = new SplittableRandom(scene.planSeed());
			String reported = "";
			if (scene.kind().reading() == Reading.CURSOR) {
				if (keys.isEmpty() || random.nextBoolean()) {
					RunContext.currentContext().setCursor(head);
				}
				else {
					reported = head;
				}
			}
			return answer(new Scope(keys, 0, reported, false), random);
		});
	}

	private static int from(LinkContext context, Scene scene) {
		if (scene.kind().reading() == Reading.CURSOR) {
			String cursor = context.lastSuccessfulCursor();
			return (cursor != null) ? Integer.parseInt(cursor) : 0;
		}
		return (context.lastSuccessfulSync() != null) ? scene.source().positionOf(context.lastSuccessfulSync()) : 0;
	}

	@Override
	public FetchStrategy planFetchAgain(LinkContext context, @Nullable Object scope) throws Exception {
		return this.hooks.planAgain(context, () -> {
			Scope left = Scope.of((String) Objects.requireNonNull(scope));
			return answer(left, new SplittableRandom(this.hooks.scene(context).planSeed() + left.round));
		});
	}

	private FetchStrategy answer(Scope left, SplittableRandom random) {
		Scope again = new Scope(left.keys, left.round + 1, left.cursor, left.paged);
		int drawn = random.nextInt(10);
		if (left.keys.isEmpty() && drawn < 7) {
			return FetchStrategy.noRecords();
		}
		if (drawn < 2 && left.round < MOST_ROUNDS) {
			return FetchStrategy.delay(0, again.toString());
		}
		if (drawn < 5 && left.round < MOST_ROUNDS) {
			int page = Math.min(left.keys.size(), random.nextInt(5));
			List<Integer> rest = left.keys.subList(page, left.keys.size());
			Scope further = new Scope(rest, left.round + 1, left.cursor, true);
			boolean last = rest.isEmpty() && random.nextBoolean();
			return FetchStrategy.cumulativeScopes(scopes(left.with(left.keys.subList(0, page)), random),
					random.nextBoolean() ? 0 : null, last ? null : further.toString());
		}
		if (drawn < 7 && !left.paged) {
			boolean chains = random.nextBoolean() && left.keys.size() > 1;
			int first = chains ? random.nextInt(1, left.keys.size()) : left.keys.size();
			this.immediate = left.with(left.keys.subList(0, first));
			this.next = chains ? new Scope(left.keys.subList(first, left.keys.size()), CHAINED, left.cursor, false)
					: null;
			return FetchStrategy.immediate(left.keys.size());
		}
		return FetchStrategy.scopes(scopes(left, random));
	}

	private static List<String> scopes(Scope all, SplittableRandom random) {
		List<String> scopes = new ArrayList<>();
		for (int from = 0; from < all.keys.size();) {
			int to = Math.min(all.keys.size(), from + random.nextInt(1, 5));
			scopes.add(all.with(all.keys.subList(from, to)).toString());
			from = to;
		}
		return scopes;
	}

	@Override
	public Iterable<RecordInFlight> fetchRecords(LinkContext context, @Nullable Object scope) throws Exception {
		Scope fetched = (scope != null) ? Scope.of((String) scope) : Objects.requireNonNull(this.immediate);
		return this.hooks.fetch(context, fetched.toString(), () -> {
			if (!fetched.cursor.isEmpty()) {
				RunContext.currentContext().setCursor(fetched.cursor);
			}
			List<Integer> keys = fetched.keys;
			if (fetched.round == CHAINED && keys.size() > 2) {
				this.next = fetched.with(keys.subList(2, keys.size()));
				keys = keys.subList(0, 2);
			}
			return records(this.hooks.scene(context), keys);
		});
	}

	/** As the source holds them when they are asked for, one by one. */
	private static Iterable<RecordInFlight> records(Scene scene, List<Integer> keys) {
		return () -> keys.stream()
			.map((key) -> new Object[] { key, scene.source().version(key) })
			.filter((row) -> row[1] != null)
			.map((row) -> new RecordInFlight(Map.of("ID", spelled(scene, row), "VERSION", row[1]))
				.identifiedBy(Hooks.key()))
			.iterator();
	}

	/** Each version may write its key in another way. */
	private static Object spelled(Scene scene, Object[] row) {
		if (scene.kind() != LinkKind.SPELLED) {
			return row[0];
		}
		return "0".repeat((int) ((long) row[1] % 3)) + row[0];
	}

	@Override
	public @Nullable Object getNextScope() {
		return (this.next != null) ? this.next.toString() : null;
	}

	@Override
	public String serializeScope(Object scope) {
		return (String) scope;
	}

	@Override
	public Object deserializeScope(String text) {
		return text;
	}

}
