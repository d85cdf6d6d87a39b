package io.deltasync.console.page;

import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

import io.deltasync.console.security.LostSession;
import io.deltasync.console.security.Role;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.security.core.context.SecurityContextImpl;
import org.springframework.security.web.context.HttpSessionSecurityContextRepository;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests {@link SharedAnswers}.
 */
class SharedAnswersTests {

	private static final long MOST_BYTES = 10_000;

	private final AtomicLong nanos = new AtomicLong();

	private final SharedAnswers answers = new SharedAnswers(this.nanos::get, MOST_BYTES);

	private final AtomicInteger made = new AtomicInteger();

	private @Nullable Duration lifetime = SharedAnswers.LONGEST;

	private int status = HttpServletResponse.SC_OK;

	private String text = "answer";

	private @Nullable String cookie;

	private volatile Before before = () -> {
	};

	private String version = "";

	private boolean away;

	private String update(Role role, String address) throws Exception {
		return answer(live(request(role, address)));
	}

	private static MockHttpServletRequest request(Role role, String address) {
		MockHttpServletRequest request = new MockHttpServletRequest("GET", address);
		Objects.requireNonNull(request.getSession())
			.setAttribute(HttpSessionSecurityContextRepository.SPRING_SECURITY_CONTEXT_KEY,
					new SecurityContextImpl(UsernamePasswordAuthenticationToken.authenticated("jo", null,
							AuthorityUtils.createAuthorityList(role.authority()))));
		return request;
	}

	private static MockHttpServletRequest live(MockHttpServletRequest request) {
		request.addHeader(LostSession.LIVE_UPDATE, "true");
		return request;
	}

	/** What happens before an answer is written. */
	private interface Before {

		void answering() throws InterruptedException;

	}

	private String answer(MockHttpServletRequest request) throws Exception {
		MockHttpServletResponse response = new MockHttpServletResponse();
		this.answers.doFilter(request, response, (handled, handledBy) -> {
			if (this.lifetime != null) {
				SharedAnswers.share((HttpServletRequest) handled, this.lifetime);
			}
			answering();
			((HttpServletResponse) handledBy).setStatus(this.status);
			((HttpServletResponse) handledBy).addHeader("X-Frame-Options", "DENY");
			((HttpServletResponse) handledBy).addCookie(new Cookie("one", "person"));
			handledBy.setContentType("text/html;charset=UTF-8");
			handledBy.getWriter().write(this.text + " " + this.made.incrementAndGet());
		});
		assertThat(response.getStatus()).isEqualTo(this.status);
		assertThat(response.getHeader("X-Frame-Options")).isEqualTo("DENY");
		this.cookie = response.getHeader("Set-Cookie");
		assertThat(response.getContentType()).isEqualTo("text/html;charset=UTF-8");
		return response.getContentAsString();
	}

	private void answering() {
		try {
			this.before.answering();
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	@Test
	void openPagesOfOneAddressShareAnAnswer() throws Exception {
		this.text = "✔";

		assertThat(update(Role.VIEWER, "/a")).isEqualTo("✔ 1");
		assertThat(this.cookie).isEqualTo("one=person");
		assertThat(update(Role.VIEWER, "/a")).isEqualTo("✔ 1");
		assertThat(this.cookie).isNull();
		assertThat(update(Role.VIEWER, "/b")).isEqualTo("✔ 2");
	}

	@Test
	void personIsNotSentTheAnswerOfAnotherRole() throws Exception {
		assertThat(update(Role.OPERATOR, "/a")).isEqualTo("answer 1");
		assertThat(update(Role.VIEWER, "/a")).isEqualTo("answer 2");
		assertThat(update(Role.ADMIN, "/a")).isEqualTo("answer 3");
		assertThat(update(Role.OPERATOR, "/a")).isEqualTo("answer 1");
	}

	@Test
	void personWhoIsNotSignedInIsSentNoSharedAnswer() throws Exception {
		update(Role.VIEWER, "/a");

		assertThat(answer(live(new MockHttpServletRequest("GET", "/a")))).isEqualTo("answer 2");
		assertThat(update(Role.VIEWER, "/a")).isEqualTo("answer 1");
	}

	@Test
	void answerWithTheTokenOfASessionIsNotShared() throws Exception {
		this.text = "<form><input type=\"hidden\" name=\"_csrf\" value=\"secret\"/></form>";

		assertThat(update(Role.VIEWER, "/a")).endsWith("1");
		assertThat(update(Role.VIEWER, "/a")).endsWith("2");
	}

	@Test
	void errorIsNotShared() throws Exception {
		this.status = HttpServletResponse.SC_SERVICE_UNAVAILABLE;

		assertThat(update(Role.VIEWER, "/a")).isEqualTo("answer 1");
		assertThat(update(Role.VIEWER, "/a")).isEqualTo("answer 2");
	}

	@Test
	void answerThatMayNotBeSharedIsNot() throws Exception {
		this.lifetime = null;

		assertThat(update(Role.VIEWER, "/a")).isEqualTo("answer 1");
		assertThat(update(Role.VIEWER, "/a")).isEqualTo("answer 2");
	}

	@Test
	void answerIsMadeAgainAfterItsLifetime() throws Exception {
		this.lifetime = Duration.ofMillis(100);
		update(Role.VIEWER, "/a");

		this.nanos.addAndGet(Duration.ofMillis(99).toNanos());
		assertThat(update(Role.VIEWER, "/a")).isEqualTo("answer 1");
		this.nanos.addAndGet(Duration.ofMillis(1).toNanos());
		assertThat(update(Role.VIEWER, "/a")).isEqualTo("answer 2");
	}

	@Test
	void lifetimeIsLimited() throws Exception {
		this.lifetime = Duration.ofHours(1);
		update(Role.VIEWER, "/a");

		this.nanos.addAndGet(SharedAnswers.LONGEST.toNanos());
		assertThat(update(Role.VIEWER, "/a")).isEqualTo("answer 2");
	}

	@Test
	void answerDependsOnTheQueryAndTheLanguage() throws Exception {
		update(Role.VIEWER, "/a");

		MockHttpServletRequest query = live(request(Role.VIEWER, "/a"));
		query.setQueryString("name=b");
		assertThat(answer(query)).isEqualTo("answer 2");
		MockHttpServletRequest language = live(request(Role.VIEWER, "/a"));
		language.addHeader("Accept-Language", "de");
		assertThat(answer(language)).isEqualTo("answer 3");
	}

	@Test
	void pagesThatShowOlderVersionsShareAnAnswerAndThoseThatShowItsVersionAreSentNone() throws Exception {
		this.version = "7";
		assertThat(list("5").getContentAsString()).isEqualTo("version 7");
		assertThat(list("6").getContentAsString()).isEqualTo("version 7");

		MockHttpServletResponse shown = list("7");
		assertThat(shown.getStatus()).isEqualTo(HttpServletResponse.SC_NO_CONTENT);
		assertThat(shown.getContentAsByteArray()).isEmpty();
		assertThat(this.made).hasValue(1);
	}

	@Test
	void emptyAnswerIsOnlyForPagesThatShowItsVersion() throws Exception {
		this.version = "7";
		assertThat(list("7").getStatus()).isEqualTo(HttpServletResponse.SC_NO_CONTENT);
		assertThat(list("7").getStatus()).isEqualTo(HttpServletResponse.SC_NO_CONTENT);
		assertThat(this.made).hasValue(1);

		assertThat(list("6").getContentAsString()).isEqualTo("version 7");
		assertThat(this.made).hasValue(2);
	}

	@Test
	void answerIsMadeAgainAsSoonAsItsVersionIsNotTheCurrentOne() throws Exception {
		this.version = "7";
		list("6");

		this.version = "8";
		assertThat(list("6").getContentAsString()).isEqualTo("version 8");
		assertThat(list("7").getContentAsString()).isEqualTo("version 8");
		assertThat(this.made).hasValue(2);
	}

	@Test
	void answerOfTheCurrentVersionIsSharedForSomeSeconds() throws Exception {
		this.version = "7";
		list("6");

		this.nanos.addAndGet(SharedAnswers.LONGEST_UNCHANGED.toNanos() - 1);
		list("6");
		assertThat(this.made).hasValue(1);
		this.nanos.addAndGet(1);
		list("6");
		assertThat(this.made).hasValue(2);
	}

	@Test
	void answerIsMadeAgainIfTheDatabaseDoesNotSayWhetherItsVersionIsCurrent() throws Exception {
		this.version = "7";
		list("6");

		this.away = true;
		list("6");
		assertThat(this.made).hasValue(2);
	}

	/** Asks for a list, of which a page shows a version. */
	private MockHttpServletResponse list(String seen) throws Exception {
		MockHttpServletRequest request = live(request(Role.VIEWER, "/a"));
		request.setQueryString("name=b&seen=" + seen + "&page=2");
		request.setParameter("seen", seen);
		MockHttpServletResponse response = new MockHttpServletResponse();
		this.answers.doFilter(request, response, (handled, handledBy) -> {
			this.made.incrementAndGet();
			SharedAnswers.share((HttpServletRequest) handled, this.version, this::current);
			if (seen.equals(this.version)) {
				((HttpServletResponse) handledBy).setStatus(HttpServletResponse.SC_NO_CONTENT);
			}
			else {
				handledBy.getWriter().write("version " + this.version);
			}
		});
		return response;
	}

	private String current() {
		if (this.away) {
			throw new DataAccessResourceFailureException("the database is away");
		}
		return this.version;
	}

	/** Returns when an answer is being made, which goes on at a signal. */
	private Future<String> beginAnswer(ExecutorService people, CountDownLatch signal) throws InterruptedException {
		CountDownLatch asked = new CountDownLatch(1);
		this.before = () -> {
			asked.countDown();
			signal.await();
		};
		Future<String> answer = people.submit(() -> update(Role.VIEWER, "/a"));
		asked.await();
		return answer;
	}

	@Test
	void pageThatAsksWhileTheAnswerIsBeingMadeIsSentIt() throws Exception {
		CountDownLatch answering = new CountDownLatch(1);
		ExecutorService people = Executors.newSingleThreadExecutor();
		try {
			Future<String> first = beginAnswer(people, answering);
			FutureTask<String> second = new FutureTask<>(() -> update(Role.VIEWER, "/a"));
			Thread waiting = new Thread(second);
			waiting.start();
			while (waiting.getState() != Thread.State.TIMED_WAITING && waiting.getState() != Thread.State.WAITING) {
				Thread.onSpinWait();
			}
			answering.countDown();

			assertThat(first.get()).isEqualTo("answer 1");
			assertThat(second.get()).isEqualTo("answer 1");
		}
		finally {
			people.shutdownNow();
		}
	}

	@Test
	void pageDoesNotWaitLongForTheAnswerToAnother() throws Exception {
		CountDownLatch answering = new CountDownLatch(1);
		ExecutorService people = Executors.newSingleThreadExecutor();
		try {
			Future<String> first = beginAnswer(people, answering);
			this.before = () -> {
			};

			assertThat(update(Role.VIEWER, "/a")).isEqualTo("answer 1");
			answering.countDown();
			assertThat(first.get()).isEqualTo("answer 2");
		}
		finally {
			people.shutdownNow();
		}
	}

	@Test
	void wholePagesAndActionsAreNotShared() throws Exception {
		update(Role.VIEWER, "/a");

		assertThat(answer(request(Role.VIEWER, "/a"))).isEqualTo("answer 2");
		MockHttpServletRequest action = live(request(Role.VIEWER, "/a"));
		action.setMethod("POST");
		assertThat(answer(action)).isEqualTo("answer 3");
	}

	@Test
	void memoryIsLimited() throws Exception {
		this.text = "x".repeat((int) MOST_BYTES / 2);
		assertThat(update(Role.VIEWER, "/a")).endsWith(" 1");
		assertThat(update(Role.VIEWER, "/b")).endsWith(" 2");
		assertThat(update(Role.VIEWER, "/a")).endsWith(" 1");
		assertThat(update(Role.VIEWER, "/b")).endsWith(" 3");

		this.nanos.addAndGet(SharedAnswers.LONGEST.toNanos());
		assertThat(update(Role.VIEWER, "/b")).endsWith(" 4");
		assertThat(update(Role.VIEWER, "/b")).endsWith(" 4");
	}

}
