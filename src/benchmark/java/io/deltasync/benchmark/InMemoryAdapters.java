package io.deltasync.benchmark;

import org.springframework.beans.factory.DisposableBean;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Scope;

/**
 * What is dropped in beside the product.
 */
@AutoConfiguration
class InMemoryAdapters {

	static final FetchSpan FETCHING = new FetchSpan();

	@Bean
	DisposableBean fetchSpan() {
		return FETCHING::print;
	}

	@Bean
	@Scope("prototype")
	InMemorySource inMemory() {
		return new InMemorySource();
	}

	@Bean
	@Scope("prototype")
	InMemoryPages inMemoryPages() {
		return new InMemoryPages();
	}

	@Bean
	@Scope("prototype")
	DiscardingTarget discarding() {
		return new DiscardingTarget();
	}

}
