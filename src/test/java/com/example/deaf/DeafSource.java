package com.example.deaf;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import io.deltasync.api.FetchStrategy;
import io.deltasync.api.LinkContext;
import io.deltasync.api.RecordInFlight;
import io.deltasync.api.SourceAdapterForPull;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Scope;

/**
 * A source that ignores requests to stop and interrupts while it fetches.
 */
public class DeafSource implements SourceAdapterForPull {

	@Override
	public FetchStrategy planFetch(LinkContext context) {
		return FetchStrategy.immediate();
	}

	@Override
	public Iterable<RecordInFlight> fetchRecords(LinkContext context, Object scope) throws InterruptedException {
		Runtime.getRuntime().addShutdownHook(new Thread(() -> System.err.println("The process was told to end")));
		System.err.println("The deaf fetch has begun");
		// a limit, in case the test dies and cannot end this process
		new CountDownLatch(1).await(5, TimeUnit.MINUTES);
		return List.of();
	}

	/** As it would come in a jar that is dropped in. */
	@AutoConfiguration
	public static class Adapters {

		@Bean
		@Scope(BeanDefinition.SCOPE_PROTOTYPE)
		DeafSource deaf() {
			return new DeafSource();
		}

	}

}
