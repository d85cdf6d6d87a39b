package io.deltasync.console.security;

import java.util.concurrent.atomic.AtomicLong;

import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockFilterChain;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.authentication.event.AuthenticationFailureBadCredentialsEvent;
import org.springframework.security.authentication.event.AuthenticationSuccessEvent;
import org.springframework.security.web.authentication.WebAuthenticationDetails;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * How often a wrong password may be tried.
 */
class SignInLimitTests {

	private final AtomicLong clock = new AtomicLong(Long.MAX_VALUE - 5);

	private final SignInLimit limit = new SignInLimit(this.clock::get);

	private static MockHttpServletRequest signIn(String name, String address) {
		MockHttpServletRequest request = new MockHttpServletRequest("POST", "/login");
		request.setParameter("username", name);
		request.setRemoteAddr(address);
		return request;
	}

	private static UsernamePasswordAuthenticationToken attempt(String name, String address) {
		UsernamePasswordAuthenticationToken attempt = UsernamePasswordAuthenticationToken.unauthenticated(name, "x");
		attempt.setDetails(new WebAuthenticationDetails(signIn(name, address)));
		return attempt;
	}

	private void fail(String name, String address, int times) {
		for (int i = 0; i < times; i++) {
			this.limit.failed(new AuthenticationFailureBadCredentialsEvent(attempt(name, address),
					new BadCredentialsException("wrong")));
		}
	}

	private boolean isChecked(MockHttpServletRequest request) throws Exception {
		MockFilterChain chain = new MockFilterChain();
		MockHttpServletResponse response = new MockHttpServletResponse();
		this.limit.doFilter(request, response, chain);
		boolean checked = chain.getRequest() != null;
		assertThat(response.getRedirectedUrl()).isEqualTo(checked ? null : "/login?limited");
		return checked;
	}

	@Test
	void passwordsAreNotCheckedAfterSeveralWrongOnes() throws Exception {
		fail("jo", "10.0.0.1", SignInLimit.FAILURES - 1);
		assertThat(isChecked(signIn("jo", "10.0.0.1"))).isTrue();

		fail("jo", "10.0.0.1", 1);
		assertThat(isChecked(signIn("jo", "10.0.0.1"))).isFalse();
	}

	@Test
	void sameNameFromAnotherAddressIsNotLimited() throws Exception {
		fail("jo", "10.0.0.1", SignInLimit.FAILURES);

		assertThat(isChecked(signIn("jo", "10.0.0.2"))).isTrue();
		assertThat(isChecked(signIn("sam", "10.0.0.1"))).isTrue();
	}

	@Test
	void limitEndsAfterThePause() throws Exception {
		fail("jo", "10.0.0.1", SignInLimit.FAILURES);
		this.clock.addAndGet(SignInLimit.PAUSE.toNanos() - 1);
		assertThat(isChecked(signIn("jo", "10.0.0.1"))).isFalse();

		this.clock.addAndGet(1);
		assertThat(isChecked(signIn("jo", "10.0.0.1"))).isTrue();
		fail("jo", "10.0.0.1", 1);
		assertThat(isChecked(signIn("jo", "10.0.0.1"))).isTrue();
	}

	@Test
	void successForgetsEarlierFailures() throws Exception {
		fail("jo", "10.0.0.1", SignInLimit.FAILURES - 1);
		this.limit.succeeded(new AuthenticationSuccessEvent(attempt("jo", "10.0.0.1")));
		fail("jo", "10.0.0.1", 1);

		assertThat(isChecked(signIn("jo", "10.0.0.1"))).isTrue();
	}

	@Test
	void pagesAreNotLimited() throws Exception {
		fail("jo", "10.0.0.1", SignInLimit.FAILURES);
		MockHttpServletRequest page = new MockHttpServletRequest("GET", "/login");
		page.setParameter("username", "jo");
		page.setRemoteAddr("10.0.0.1");

		assertThat(isChecked(page)).isTrue();
	}

}
