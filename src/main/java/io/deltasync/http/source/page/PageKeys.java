package io.deltasync.http.source.page;

import java.util.Arrays;
import java.util.List;

import io.deltasync.api.RecordInFlight;
import org.jspecify.annotations.Nullable;

/**
 * The keys of a page. Keeps 64 bits of each. Not thread-safe.
 */
public final class PageKeys {

	private long[] hashes = new long[16];

	private int kept;

	private final int most;

	private long count;

	private long sum;

	/**
	 * Creates an empty object.
	 * @param most how many keys are kept, to find them in other pages
	 */
	public PageKeys(int most) {
		this.most = most;
	}

	public void add(RecordInFlight made) {
		if (made.keyValues().isEmpty()) {
			// a line that cannot be read
			this.count++;
			return;
		}
		add(made.keyValues());
	}

	public void add(List<? extends @Nullable Object> key) {
		long hash = hash(key);
		this.count++;
		this.sum += hash;
		if (this.kept < this.most) {
			if (this.kept == this.hashes.length) {
				this.hashes = Arrays.copyOf(this.hashes, this.kept * 2);
			}
			this.hashes[this.kept++] = hash;
		}
	}

	/** Returns the number of records. */
	public long count() {
		return this.count;
	}

	/** Returns a number that two pages have in common if they have the same keys. */
	public long digest() {
		return this.sum ^ this.count;
	}

	/** Returns the kept keys. */
	public long[] hashes() {
		return Arrays.copyOf(this.hashes, this.kept);
	}

	/** Returns how many of the kept keys occur again in the same page. */
	public int repeated() {
		return this.kept - (int) Arrays.stream(this.hashes, 0, this.kept).distinct().count();
	}

	/** FNV-1a over the texts, with their lengths, and mixed once more. */
	private static long hash(List<? extends @Nullable Object> key) {
		long hash = 0xcbf29ce484222325L;
		for (Object value : key) {
			String text = String.valueOf(value);
			hash = (hash ^ text.length()) * 0x100000001b3L;
			for (int i = 0; i < text.length(); i++) {
				hash = (hash ^ text.charAt(i)) * 0x100000001b3L;
			}
		}
		hash = (hash ^ (hash >>> 33)) * 0xff51afd7ed558ccdL;
		return hash ^ (hash >>> 29);
	}

}
