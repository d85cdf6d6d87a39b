package com.example.endless;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import io.deltasync.api.FetchStrategy;
import io.deltasync.api.LinkContext;
import io.deltasync.api.RecordInFlight;
import io.deltasync.api.SourceAdapterForPull;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Scope;

/**
 * A source that has more records than anybody waits for.
 */
public class EndlessSource implements SourceAdapterForPull {

	@Override
	public FetchStrategy planFetch(LinkContext context) {
		return FetchStrategy.immediate();
	}

	@Override
	public Iterable<RecordInFlight> fetchRecords(LinkContext context, Object scope) {
		System.err.println("The endless fetch has begun");
		// a limit, in case the test dies and cannot end this process
		return () -> IntStream.range(0, 200_000)
			.mapToObj((id) -> new RecordInFlight(Map.of("ID", id)).identifiedBy(List.of("ID")))
			.iterator();
	}

	/** As it would come in a jar that is dropped in. */
	@AutoConfiguration
	public static class Adapters {

		@Bean
		@Scope(BeanDefinition.SCOPE_PROTOTYPE)
		EndlessSource endless() {
			return new EndlessSource();
		}

	}

}
