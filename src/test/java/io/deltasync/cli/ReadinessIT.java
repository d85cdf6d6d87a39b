package io.deltasync.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;

import io.deltasync.testing.TestDatabase;
import org.junit.jupiter.api.Test;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.ApplicationEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Whether an application that has DeltaSync as a library is ready while it serves.
 */
class ReadinessIT {

	private final CountDownLatch accepting = new CountDownLatch(1);

	private final AtomicBoolean ended = new AtomicBoolean();

	private final AtomicReference<ConfigurableApplicationContext> context = new AtomicReference<>();

	@Test
	void applicationIsReadyWhileItServes() throws Exception {
		String url = TestDatabase.H2.url(TestDatabase.H2.createSchema());
		ApplicationListener<ApplicationEvent> listener = this::received;
		Thread serving = new Thread(() -> new SpringApplicationBuilder(Application.class).web(WebApplicationType.NONE)
			.initializers(this.context::set)
			.listeners(listener)
			.run("serve", "--spring.datasource.url=" + url, "--spring.main.banner-mode=off"));
		serving.start();
		try {
			assertThat(this.accepting.await(1, TimeUnit.MINUTES)).isTrue();
			assertThat(this.ended).isFalse();
		}
		finally {
			this.context.get().close();
			serving.join(60_000);
		}
	}

	private void received(ApplicationEvent event) {
		if (event instanceof ApplicationReadyEvent) {
			this.ended.set(true);
		}
		if (event instanceof AvailabilityChangeEvent<?> change
				&& change.getState() == ReadinessState.ACCEPTING_TRAFFIC) {
			this.accepting.countDown();
		}
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

	}

}
