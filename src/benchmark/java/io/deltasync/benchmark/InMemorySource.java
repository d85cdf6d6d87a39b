package io.deltasync.benchmark;

import java.math.BigDecimal;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import io.deltasync.api.ConfigurableAdapter;
import io.deltasync.api.FetchStrategy;
import io.deltasync.api.LinkContext;
import io.deltasync.api.RecordInFlight;
import io.deltasync.api.SourceAdapterForPull;
import org.jspecify.annotations.Nullable;

/**
 * A source that costs next to nothing: records are made when they are asked for. Cut into
 * scopes of the same size, or all at once.
 */
class InMemorySource implements SourceAdapterForPull, ConfigurableAdapter<InMemorySource.Options> {

	private Options options = new Options(0, 0, 0);

	@Override
	public Class<Options> optionsType() {
		return Options.class;
	}

	@Override
	public void configure(Options options) {
		this.options = options;
	}

	Options options() {
		return this.options;
	}

	@Override
	public FetchStrategy planFetch(LinkContext context) {
		if (this.options.scopes() == 0) {
			return FetchStrategy.immediate(this.options.records());
		}
		return FetchStrategy.scopes(parts(0, this.options.scopes()), this.options.records());
	}

	List<Part> parts(int from, int to) {
		long records = this.options.records();
		int scopes = this.options.scopes();
		return IntStream.range(from, to)
			.mapToObj((scope) -> new Part((int) (records * scope / scopes), (int) (records * (scope + 1) / scopes)))
			.toList();
	}

	@Override
	public Iterable<RecordInFlight> fetchRecords(LinkContext context, @Nullable Object scope)
			throws InterruptedException {
		InMemoryAdapters.FETCHING.begin();
		if (this.options.fetchMillis() > 0) {
			Thread.sleep(this.options.fetchMillis());
		}
		InMemoryAdapters.FETCHING.end();
		Part part = (scope != null) ? (Part) scope : new Part(0, this.options.records());
		return () -> records(part);
	}

	private static Iterator<RecordInFlight> records(Part part) {
		return IntStream.range(part.from(), part.to()).mapToObj(InMemorySource::record).iterator();
	}

	private static RecordInFlight record(int id) {
		Map<String, Object> properties = new LinkedHashMap<>();
		properties.put("id", id);
		properties.put("name", "Customer " + id);
		properties.put("amount", BigDecimal.valueOf(id, 2));
		return new RecordInFlight(properties);
	}

	/**
	 * A scope.
	 *
	 * @param from the first record's id
	 * @param to the id behind the last one's
	 */
	record Part(int from, int to) {

	}

	/**
	 * What there is to fetch.
	 *
	 * @param records how many records
	 * @param scopes how many scopes they come in; 0: IMMEDIATE
	 * @param fetchMillis how long each fetch takes
	 */
	record Options(int records, int scopes, int fetchMillis) {

	}

}
