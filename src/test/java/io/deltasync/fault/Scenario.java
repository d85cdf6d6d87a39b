package io.deltasync.fault;

import java.util.List;
import java.util.stream.IntStream;

import io.deltasync.api.FetchStrategy;
import io.deltasync.api.RecordInFlight;
import org.jspecify.annotations.Nullable;

/**
 * What a killed run does. Each delivers the records 0 to {@link #records()} - 1.
 */
enum Scenario {

	IMMEDIATE("plainSource", 35) {
		@Override
		FetchStrategy plan() {
			return FetchStrategy.immediate(records());
		}
	},

	SCOPES("plainSource", 50) {
		@Override
		FetchStrategy plan() {
			return FetchStrategy.scopes(texts(0, 5), records());
		}
	},

	DELAY("delayedSource", 20) {
		@Override
		FetchStrategy plan() {
			return FetchStrategy.delay(0, "1");
		}

		@Override
		FetchStrategy planAgain(String scope) {
			return scope.equals("3") ? FetchStrategy.scopes(texts(0, 2))
					: FetchStrategy.delay(0, String.valueOf(Integer.parseInt(scope) + 1));
		}
	},

	CUMULATIVE_SCOPES("delayedSource", 60) {
		@Override
		FetchStrategy plan() {
			return FetchStrategy.cumulativeScopes(texts(0, 2), null, "2");
		}

		@Override
		FetchStrategy planAgain(String scope) {
			int from = Integer.parseInt(scope);
			return FetchStrategy.cumulativeScopes(texts(from, from + 2), null, (from < 4) ? "4" : null);
		}
	},

	CHAIN("chainSource", 30) {
		@Override
		FetchStrategy plan() {
			return FetchStrategy.immediate();
		}
	},

	LOCATOR("rowSource", 25) {
		@Override
		FetchStrategy plan() {
			return FetchStrategy.queryLocator("SELECT X AS \"X\" FROM NUMBERS ORDER BY X");
		}
	},

	HTTP_PAGES("http", 50) {
		@Override
		List<String> options() {
			return List.of("path=/pages", "paging.type=page", "paging.page-param=page", "paging.size=10",
					"paging.total=header:Total");
		}
	},

	HTTP_CHAIN("http", 30) {
		@Override
		List<String> options() {
			return List.of("path=/chain", "records=data", "paging.type=next", "paging.next=next",
					"paging.next-param=after");
		}
	},

	HTTP_IDS("http", 60) {
		@Override
		List<String> options() {
			return List.of("path=/people/{id}", "list.path=/ids", "list.paging.type=page",
					"list.paging.page-param=page");
		}
	},

	HTTP_EXPORT("http", 20) {
		@Override
		List<String> options() {
			return List.of("export.create.path=/exports", "export.poll.path=/exports/{job.id}", "export.poll.done=done",
					"export.download.path=/file", "export.download.format=jsonl",
					"export.delete.path=/exports/{job.id}");
		}
	},

	/** The first run has rejects; once their cause is gone it is restarted. */
	REJECTS_RESTARTED("plainSource", 20) {
		@Override
		FetchStrategy plan() {
			return FetchStrategy.scopes(texts(0, 2), records());
		}

		@Override
		Sequel sequel() {
			return Sequel.RESTART;
		}
	},

	/** The first run has rejects; the next one meets the records again. */
	REJECTS_FETCHED_AGAIN("plainSource", 20) {
		@Override
		FetchStrategy plan() {
			return FetchStrategy.scopes(texts(0, 2), records());
		}

		@Override
		Sequel sequel() {
			return Sequel.NEXT_RUN;
		}
	};

	/** How many records a scope holds. */
	static final int SCOPE = 10;

	private final String adapter;

	private final int records;

	Scenario(String adapter, int records) {
		this.adapter = adapter;
		this.records = records;
	}

	String adapter() {
		return this.adapter;
	}

	int records() {
		return this.records;
	}

	/** Whether an HTTP API is read, by these options of the source. */
	boolean isHttp() {
		return !options().isEmpty();
	}

	List<String> options() {
		return List.of();
	}

	FetchStrategy plan() {
		throw new IllegalStateException(this + " is planned by the adapter http");
	}

	/** What follows a first run whose target refused some records. */
	Sequel sequel() {
		return Sequel.NONE;
	}

	/** The records that the target refuses until their cause is gone. */
	List<Integer> refused() {
		return (sequel() != Sequel.NONE)
				? IntStream.range(0, this.records).filter((id) -> id % 10 == 7).boxed().toList() : List.of();
	}

	FetchStrategy planAgain(String scope) {
		throw new IllegalStateException(this + " plans once");
	}

	List<RecordInFlight> fetch(@Nullable String scope) {
		if (this == IMMEDIATE) {
			return KilledAdapters.records(0, this.records);
		}
		int number = (scope != null) ? Integer.parseInt(scope) : 0;
		return KilledAdapters.records(number * SCOPE, (number + 1) * SCOPE);
	}

	enum Sequel {

		/** Nothing: all is delivered at once. */
		NONE,

		/** The failed run is restarted. */
		RESTART,

		/** A new run over the same window. */
		NEXT_RUN

	}

	private static List<String> texts(int from, int to) {
		return IntStream.range(from, to).mapToObj(String::valueOf).toList();
	}

}
