package io.deltasync.http.source.page;

import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * The keys of the pages that were read in this process, by run, to recognise records that
 * come a second time because they moved between pages. Memory is bounded. Thread-safe.
 */
public final class RunKeys {

	/** Plans and previews begin runs that read no page to its end. */
	private static final int MOST_RUNS = 1000;

	private final int most;

	/** The run that was used last is the last one. */
	private final Map<String, Seen> runs = new LinkedHashMap<>(16, 0.75F, true);

	private int kept;

	/**
	 * Creates an empty object for 2,000,000 keys, which take 50 MB or less.
	 */
	public RunKeys() {
		this(2_000_000);
	}

	public RunKeys(int most) {
		this.most = most;
	}

	/**
	 * Begins a run in this process.
	 * @param run identifies the run and its window
	 * @param pages the number of its pages, after which its keys are no longer needed
	 */
	public synchronized void begin(String run, int pages) {
		end(run);
		this.runs.put(run, new Seen(pages));
		if (this.runs.size() > MOST_RUNS) {
			end(this.runs.keySet().iterator().next());
		}
	}

	/**
	 * Adds the keys of a page that was read to its end.
	 * @param run the run and its window
	 * @param page the number of the page, from 0
	 * @param keys the keys of its records
	 * @return what was found
	 */
	public synchronized Found add(String run, int page, long[] keys) {
		Seen seen = this.runs.computeIfAbsent(run, (missing) -> new Seen(Integer.MAX_VALUE));
		int other = Integer.MAX_VALUE;
		for (long key : keys) {
			int before = seen.table.get(key);
			if (before < 0 && !seen.full) {
				seen.table.put(key, page);
				this.kept++;
			}
			else if (before >= 0 && before != page) {
				other = Math.min(other, before);
			}
		}
		seen.done.set(page);
		makeRoom();
		boolean tell = !seen.told && (seen.full || seen.pages == Integer.MAX_VALUE);
		seen.told = seen.told || tell;
		if (other == Integer.MAX_VALUE && seen.done.cardinality() == seen.pages) {
			end(run);
		}
		return new Found((other < Integer.MAX_VALUE) ? other : null, tell);
	}

	private void end(String run) {
		Seen seen = this.runs.remove(run);
		this.kept -= (seen != null) ? seen.table.size() : 0;
	}

	private void makeRoom() {
		for (Seen seen : this.runs.values()) {
			if (this.kept <= this.most) {
				return;
			}
			this.kept -= seen.table.size();
			seen.table = new KeyTable();
			seen.full = true;
		}
	}

	/**
	 * What was found when a page was added.
	 *
	 * @param otherPage the first other page that has one of the keys; null if none has
	 * @param incomplete whether not all pages can be compared, told once for each run
	 */
	public record Found(@Nullable Integer otherPage, boolean incomplete) {

	}

	/** The keys of a run. */
	private static final class Seen {

		private final int pages;

		private final BitSet done = new BitSet();

		private KeyTable table = new KeyTable();

		private boolean full;

		private boolean told;

		Seen(int pages) {
			this.pages = pages;
		}

	}

}
