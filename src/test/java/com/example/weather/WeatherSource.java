package com.example.weather;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import io.deltasync.api.FetchStrategy;
import io.deltasync.api.LinkContext;
import io.deltasync.api.RecordInFlight;
import io.deltasync.api.SourceAdapterForPull;
import org.springframework.beans.factory.config.ConfigurableBeanFactory;
import org.springframework.context.annotation.Scope;
import org.springframework.stereotype.Component;

/**
 * Reads a table of weather that has two rows, or as many as one likes to wait for.
 */
@Component("weather")
@Scope(ConfigurableBeanFactory.SCOPE_PROTOTYPE)
public class WeatherSource implements SourceAdapterForPull {

	@Override
	public FetchStrategy planFetch(LinkContext context) {
		return FetchStrategy.immediate();
	}

	@Override
	public Iterable<RecordInFlight> fetchRecords(LinkContext context, Object scope) {
		if (context.linkSourceName().equals("endless")) {
			System.err.println("The endless fetch has begun");
			// a limit, in case the test dies and cannot end this process
			return () -> IntStream.range(0, 200_000).mapToObj((id) -> record(id, "Oslo")).iterator();
		}
		return List.of(record(1, "Oslo"), record(2, "Rome"));
	}

	private static RecordInFlight record(int id, String city) {
		return new RecordInFlight(Map.of("ID", id, "CITY", city));
	}

}
