package io.deltasync.http.source;

import java.util.List;
import java.util.Map;
import java.util.Objects;

import io.deltasync.http.source.delta.Window;
import io.deltasync.http.source.page.ChainPosition;
import org.jspecify.annotations.Nullable;

/**
 * A scope to fetch, or to continue planning with. Stored by {@link ScopeText}.
 */
sealed interface HttpScope {

	/**
	 * A page of several.
	 *
	 * @param window the window
	 * @param page the number of the page, from 0
	 * @param size the number of records of a full page
	 * @param total the number of records when the pages were planned
	 * @param firstDigest the keys of the first page when the pages were planned
	 */
	record NumberedPage(Window window, int page, int size, long total, long firstDigest) implements HttpScope {

		/** Returns the number of records that the page has. */
		long expected() {
			return Math.min(this.size, this.total - (long) this.page * this.size);
		}

		/** Returns the number of pages. */
		int pages() {
			return Math.toIntExact((this.total + this.size - 1) / this.size);
		}

	}

	/**
	 * A page that the page before it leads to.
	 *
	 * @param window the window
	 * @param position where it is
	 * @param highest the highest number of the pages before it; null if there is none, or
	 * if changes are found by time
	 */
	record NextPage(Window window, ChainPosition position, @Nullable Long highest) implements HttpScope {

		/** Returns the first page of a window. */
		static NextPage first(Window window) {
			return new NextPage(window, ChainPosition.FIRST, null);
		}

	}

	/**
	 * A step of the window, with all its pages.
	 *
	 * @param window the step
	 */
	record Step(Window window) implements HttpScope {

	}

	/**
	 * A page of ids.
	 *
	 * @param window the window
	 * @param position where it is
	 */
	record IdList(Window window, ChainPosition position) implements HttpScope {

	}

	/**
	 * Records that are asked for by their ids.
	 *
	 * @param window the window
	 * @param ids the ids
	 * @param properties the properties that the record of each id receives, in the same
	 * order; null for none
	 */
	record Ids(Window window, List<Object> ids,
			@Nullable List<Map<String, @Nullable Object>> properties) implements HttpScope {

		/** Returns the properties that the record of an id receives. */
		Map<String, @Nullable Object> properties(int id) {
			return Objects.requireNonNull(this.properties, "the ids have no properties").get(id);
		}

	}

	/**
	 * An export that must be created, or that is not ready.
	 *
	 * @param window the window
	 * @param job what is known of the export; null before it is created
	 */
	record Export(Window window, @Nullable Map<String, Object> job) implements HttpScope {

	}

	/**
	 * An export that can be downloaded.
	 *
	 * @param window the window
	 * @param job what is known of the export
	 * @param total the number of its records; null if it is not known
	 */
	record Download(Window window, Map<String, Object> job, @Nullable Long total) implements HttpScope {

	}

	/** Planning that the source has put off. */
	record Again() implements HttpScope {

	}

	/** The names of the scopes. */
	enum Kind {

		/** See {@link NumberedPage}. */
		PAGE(NumberedPage.class),

		/** See {@link NextPage}. */
		NEXT(NextPage.class),

		/** See {@link Step}. */
		STEP(Step.class),

		/** See {@link IdList}. */
		LIST(IdList.class),

		/** See {@link Ids}. */
		IDS(Ids.class),

		/** See {@link Export}. */
		EXPORT(Export.class),

		/** See {@link Download}. */
		DOWNLOAD(Download.class),

		/** See {@link Again}. */
		AGAIN(Again.class);

		private final Class<? extends HttpScope> type;

		Kind(Class<? extends HttpScope> type) {
			this.type = type;
		}

		/** Returns the type of the scopes. */
		Class<? extends HttpScope> type() {
			return this.type;
		}

		/** Returns the name of a scope. */
		static Kind of(HttpScope scope) {
			for (Kind kind : values()) {
				if (kind.type == scope.getClass()) {
					return kind;
				}
			}
			throw new IllegalStateException("A scope without a name: " + scope.getClass());
		}

	}

}
