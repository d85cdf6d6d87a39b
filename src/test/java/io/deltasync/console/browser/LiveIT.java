package io.deltasync.console.browser;

import java.util.List;
import java.util.Map;

import io.deltasync.console.ConsoleFixture;
import io.deltasync.console.security.Role;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.support.ui.ExpectedConditions;
import org.springframework.jdbc.core.JdbcTemplate;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Leaves pages open in a real browser while things happen.
 */
class LiveIT {

	private static final By TOLD = By.id("told");

	private static final By STALE = By.id("stale");

	private static ConsoleFixture console;

	private static Chromium chromium;

	private static Keyboard keyboard;

	@BeforeAll
	static void start() {
		console = new ConsoleFixture(List.of("watched", "failing"));
		chromium = Chromium.start(console.address());
		keyboard = new Keyboard(chromium);
	}

	@AfterAll
	static void stop() {
		if (chromium != null) {
			chromium.close();
		}
		if (console != null) {
			console.stage().clear();
			console.close();
		}
	}

	@BeforeEach
	void signIn() {
		chromium.signIn(Role.ADMIN);
	}

	@Test
	void pageOfARunShowsItsProgressAndItsEnd() {
		console.stage().records("watched", 5);
		console.stage().hold("watched");
		console.stage().holdDelivery("watched");
		chromium.open("/links/watched");
		keyboard.follow("Run now");
		assertThat(chromium.text()).contains("Running: the source is being asked how to fetch");

		console.stage().release("watched");
		chromium.awaitText("Running: records are being fetched and delivered");
		chromium.await(ExpectedConditions.attributeContains(TOLD, "textContent", "records are being fetched"));
		chromium.leave(() -> console.stage().releaseDelivery("watched"));

		chromium.awaitText("✔ Successful: 5 of 5 fetched records were written");
	}

	@Test
	void focusStaysWhereItIsAndWhatHasChangedIsSaidOnce() {
		chromium.open("/links");
		keyboard.moveTo("failing");
		update();
		assertThat(chromium.driver().findElement(TOLD).getDomProperty("textContent")).isEmpty();
		assertThat(focus()).isEqualTo("failing");

		console.stage().offline("failing");
		console.signIn(Role.OPERATOR).post("/links/failing/runs", Map.of());
		chromium.await(ExpectedConditions.attributeContains(TOLD, "textContent", "1 of 2 Links need attention."));

		assertThat(focus()).isEqualTo("failing");
		keyboard.press(Keys.TAB);
		assertThat(focus()).startsWith("event ");
	}

	@Test
	void pageSaysWhenItIsNotUpToDate() {
		JdbcTemplate jdbc = console.bean(JdbcTemplate.class);
		chromium.open("/executions");
		assertThat(chromium.driver().findElement(STALE).isDisplayed()).isFalse();
		jdbc.execute("ALTER TABLE BATCH_JOB_EXECUTION RENAME TO AWAY");
		try {
			chromium.await(ExpectedConditions.visibilityOfElementLocated(STALE));
			assertThat(chromium.text()).contains("This page is not up to date");
		}
		finally {
			jdbc.execute("ALTER TABLE AWAY RENAME TO BATCH_JOB_EXECUTION");
		}

		chromium.await(ExpectedConditions.invisibilityOfElementLocated(STALE));
	}

	@Test
	void pageOfALostSessionLeadsToTheSignInPage() {
		chromium.open("/links");
		chromium.leave(() -> chromium.driver().manage().deleteAllCookies());

		assertThat(chromium.text()).contains("Your session has ended");
	}

	/** Waits until the list of Links has been replaced. */
	private static void update() {
		WebElement list = chromium.driver().findElement(By.id("links"));
		chromium.await((driver) -> !driver.findElement(By.id("links")).equals(list));
	}

	private static String focus() {
		return chromium.driver().switchTo().activeElement().getAccessibleName();
	}

}
