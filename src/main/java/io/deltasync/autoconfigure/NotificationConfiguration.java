package io.deltasync.autoconfigure;

import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.function.Supplier;

import io.deltasync.event.SyncEvents;
import io.deltasync.lease.DatabaseClock;
import io.deltasync.lease.Leases;
import io.deltasync.lease.RepositoryDatabase;
import io.deltasync.link.Links;
import io.deltasync.notice.NoticeStates;
import io.deltasync.notice.Outbox;
import io.deltasync.notify.Channels;
import io.deltasync.notify.JavaMails;
import io.deltasync.notify.LinkNotices;
import io.deltasync.notify.Mails;
import io.deltasync.notify.NoticeSender;
import io.deltasync.notify.Notifier;
import io.deltasync.notify.Pings;
import io.deltasync.run.RunTables;
import io.deltasync.run.RunTransactions;
import io.deltasync.serve.ServeLoop;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.mail.javamail.JavaMailSender;

/**
 * Configures notifications. What sends messages is created when a command needs it.
 */
@Configuration(proxyBeanMethods = false)
class NotificationConfiguration {

	/** Ticks of the loop are a second apart. */
	private static final Duration LONGEST_SILENCE = Duration.ofSeconds(30);

	@Bean
	Outbox deltasyncOutbox(RepositoryDatabase database) {
		return new Outbox(database.jdbc(), database.product());
	}

	@Bean
	NoticeStates deltasyncNoticeStates(RepositoryDatabase database) {
		return new NoticeStates(database.jdbc());
	}

	@Bean
	LinkNotices deltasyncLinkNotices(Links links, SyncEvents events, RunTables tables, NoticeStates states,
			Outbox outbox, Leases leases, DatabaseClock clock) {
		return new LinkNotices(links, events, tables.rejects(), tables.warnings(), states, outbox, leases, clock);
	}

	@Bean
	Pings deltasyncPings() {
		return new Pings();
	}

	@Bean
	SuccessPings deltasyncSuccessPings(Links links, Pings pings) {
		return new SuccessPings(links, pings);
	}

	@Bean
	@Lazy
	Channels deltasyncChannels(Links links, ObjectProvider<MailsProvider> mails) {
		return new Channels(links.notifications(), mails.getIfAvailable(() -> () -> null).get());
	}

	@Bean
	@Lazy
	NoticeSender deltasyncNoticeSender(Links links, Outbox outbox, Channels channels, RunTransactions transactions,
			DatabaseClock clock) {
		return new NoticeSender(outbox, channels, transactions.template(), clock,
				links.notifications().settings().expireAfter(), threads());
	}

	@Bean
	@Lazy
	Notifier deltasyncNotifier(Links links, NoticeStates states, LinkNotices notices, NoticeSender sender, Pings pings,
			Outbox outbox, RunTransactions transactions, DatabaseClock clock, ServeLoop loop) {
		return new Notifier(links, states, notices, sender, pings, outbox, transactions.template(), clock,
				() -> loop.problems().isAlive(LONGEST_SILENCE));
	}

	private static Executor threads() {
		return Executors.newCachedThreadPool((work) -> {
			Thread thread = new Thread(work, "deltasync-notification");
			thread.setDaemon(true);
			return thread;
		});
	}

	/** Configures mail, if the application has a library for it. */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(JavaMailSender.class)
	static class Mail {

		/** Looks the sender up late, because another configuration may create it. */
		@Bean
		@Lazy
		MailsProvider deltasyncMails(ObjectProvider<JavaMailSender> sender) {
			return () -> {
				JavaMailSender found = sender.getIfUnique();
				return (found != null) ? new JavaMails(found) : null;
			};
		}

	}

	/** Provides the sender of mails, or null. */
	interface MailsProvider extends Supplier<@Nullable Mails> {

	}

}
