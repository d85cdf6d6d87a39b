package io.deltasync.notify;

import java.time.Instant;
import java.util.List;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import io.deltasync.testing.Stage;
import io.deltasync.testing.StagedApplication;
import io.deltasync.testing.TestDatabase;
import jakarta.mail.internet.MimeMessage;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Messages by mail, to a real server.
 */
class MailIT {

	private static final String BODY = """
			{"type":"link.failed","timestamp":"2026-11-29T12:00:00Z","data":{"link":"größen","message":"Link 'größen' failed:\\nno",\
			"since":"2026-11-29T12:00:00Z","lastSuccess":null,"command":"event 7"}}""";

	private static final GreenMail SERVER = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));

	private static ConfigurableApplicationContext application;

	@BeforeAll
	static void start() {
		SERVER.start();
		application = StagedApplication.start(TestDatabase.H2, TestDatabase.H2.createSchema(), new Stage(),
				List.of("orders"), "spring.mail.host=127.0.0.1", "spring.mail.port=" + SERVER.getSmtp().getPort(),
				"deltasync.notifications.channels.team.mail-to=one@example.com,two@example.com",
				"deltasync.notifications.channels.team.mail-from=deltasync@example.com");
	}

	@AfterAll
	static void stop() {
		if (application != null) {
			application.close();
		}
		SERVER.stop();
	}

	@Test
	void everyReceiverGetsTheMessage() throws Exception {
		Channel channel = application.getBean(Channels.class).find("team").orElseThrow();

		assertThat(channel.send("msg_7", BODY, Instant.EPOCH)).isEqualTo("accepted by the mail server");

		assertThat(SERVER.waitForIncomingEmail(2)).isTrue();
		assertThat(SERVER.getReceivedMessages()).hasSize(2);
		MimeMessage mail = SERVER.getReceivedMessages()[0];
		assertThat(mail.getAllRecipients()).extracting(String::valueOf)
			.containsExactly("one@example.com", "two@example.com");
		assertThat(mail.getSubject()).isEqualTo("[DeltaSync] Link 'größen' failed: no");
		assertThat(mail.getHeader("X-DeltaSync-Message-Id")).containsExactly("msg_7");
		assertThat(mail.getFrom()[0]).hasToString("deltasync@example.com");
		assertThat(String.valueOf(mail.getContent()).replace("\r\n", "\n").strip()).isEqualTo("""
				DeltaSync: Link 'größen' failed: no
				Since: 2026-11-29T12:00:00Z
				To see more: event 7""");
	}

	@Test
	void serverThatIsAwayIsReported() {
		Channels channels = application.getBean(Channels.class);
		SERVER.stop();
		try {
			assertThat(channels.test(List.of("team"), null, Instant.EPOCH)).singleElement().satisfies((answer) -> {
				assertThat(answer.accepted()).isFalse();
				assertThat(answer.answer()).startsWith("the mail server did not accept it");
			});
		}
		finally {
			SERVER.start();
		}
	}

}
