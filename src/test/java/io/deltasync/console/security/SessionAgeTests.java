package io.deltasync.console.security;

import java.time.Duration;
import java.time.Instant;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.mock.web.MockFilterChain;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.mock.web.MockHttpSession;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * How long a person stays signed in.
 */
class SessionAgeTests {

	@ParameterizedTest
	@CsvSource({ "PT11H59M, false", "PT12H1M, true" })
	void sessionEndsAtItsHighestAge(Duration age, boolean ended) throws Exception {
		MockHttpSession session = new MockHttpSession();
		MockHttpServletRequest request = new MockHttpServletRequest("GET", "/links");
		request.setSession(session);
		MockFilterChain chain = new MockFilterChain();

		new SessionAge(Duration.ofHours(12), () -> Instant.ofEpochMilli(session.getCreationTime()).plus(age))
			.doFilter(request, new MockHttpServletResponse(), chain);

		assertThat(session.isInvalid()).isEqualTo(ended);
		assertThat(chain.getRequest()).isNotNull();
	}

}
