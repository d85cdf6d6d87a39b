package io.deltasync.console.browser;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.logging.Level;
import java.util.stream.Stream;

import com.deque.html.axecore.selenium.AxeBuilder;
import io.deltasync.console.ConsoleFixture;
import io.deltasync.console.security.Role;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;
import org.openqa.selenium.By;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.WebDriver;
import org.openqa.selenium.WebDriverException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;
import org.openqa.selenium.support.ui.ExpectedConditions;
import org.openqa.selenium.support.ui.WebDriverWait;
import org.springframework.util.FileSystemUtils;

/**
 * A real browser without a window. Without Chromium and its driver on the path, tests are
 * skipped; where {@code CI=true}, they fail.
 */
final class Chromium implements AutoCloseable {

	private static final List<String> PROGRAMS = List.of("chromium", "chromium-browser", "google-chrome");

	private static final String DRIVER = "chromedriver";

	private static final Duration MOST = Duration.ofSeconds(60);

	private static final int WIDTH = 1280;

	private static final int HEIGHT = 900;

	private static final int PHONE_WIDTH = 390;

	private static final int PHONE_HEIGHT = 844;

	private static final Set<String> GRAVE = Set.of("serious", "critical");

	private final Path profile;

	private final ChromeDriver driver;

	private final URI address;

	private Chromium(URI address, Path program, Path driver) throws IOException {
		this.address = address;
		this.profile = Files.createTempDirectory("deltasync-browser");
		ChromeOptions options = new ChromeOptions();
		options.setBinary(program.toFile());
		options.addArguments("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
				"--disable-background-networking", "--disable-component-update", "--disable-sync",
				"--disable-dev-shm-usage", "--hide-scrollbars", "--user-data-dir=" + this.profile);
		LoggingPreferences logging = new LoggingPreferences();
		logging.enable(LogType.BROWSER, Level.WARNING);
		options.setCapability(ChromeOptions.LOGGING_PREFS, logging);
		// a driver that is named is not looked for, nor downloaded
		this.driver = new ChromeDriver(
				new ChromeDriverService.Builder().usingDriverExecutable(driver.toFile()).usingAnyFreePort().build(),
				options);
		desktop();
	}

	/** Starts a browser for the pages at an address. */
	static Chromium start(URI address) {
		Optional<Path> program = PROGRAMS.stream().flatMap(Chromium::find).findFirst();
		Optional<Path> driver = find(DRIVER).findFirst();
		if (program.isEmpty() || driver.isEmpty()) {
			String reason = "needs Chromium and chromedriver on the path";
			if (Boolean.parseBoolean(System.getenv("CI"))) {
				Assertions.fail(reason);
			}
			Assumptions.abort(reason);
		}
		try {
			return new Chromium(address, program.orElseThrow(), driver.orElseThrow());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static Stream<Path> find(String program) {
		return Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
			.map((folder) -> Path.of(folder, program))
			.filter(Files::isExecutable);
	}

	WebDriver driver() {
		return this.driver;
	}

	/** Opens a page. */
	void open(String path) {
		this.driver.get(this.address.resolve(path).toString());
	}

	/** Signs in. */
	void signIn(Role role) {
		this.driver.manage().deleteAllCookies();
		open("/login");
		this.driver.findElement(By.name("username")).sendKeys(role.words() + "s");
		this.driver.findElement(By.name("password")).sendKeys(ConsoleFixture.PASSWORD);
		leave(() -> this.driver.findElement(By.name("password")).submit());
	}

	/** Returns the path of the open page. */
	String path() {
		return URI.create(this.driver.getCurrentUrl()).getRawPath();
	}

	/** Returns the visible text of the main part. */
	String text() {
		return this.driver.findElement(By.tagName("main")).getText();
	}

	/** Waits until the main part shows a text. */
	void awaitText(String text) {
		await(ExpectedConditions.textToBePresentInElementLocated(By.tagName("main"), text));
	}

	/**
	 * Waits for a condition. What Chromium cannot answer while pages change is asked
	 * again.
	 */
	<T> T await(Function<? super WebDriver, T> condition) {
		return new WebDriverWait(this.driver, MOST).ignoring(WebDriverException.class).until(condition);
	}

	/** Does something that leads to another page, and waits for it. */
	void leave(Runnable action) {
		WebElement page = this.driver.findElement(By.tagName("html"));
		action.run();
		await((driver) -> !driver.findElement(By.tagName("html")).equals(page));
	}

	/** Runs a script of the test, which pages that forbid scripts do not hinder. */
	Object script(String script, Object... arguments) {
		return this.driver.executeScript(script, arguments);
	}

	/** Switches the scripts of pages on or off. */
	void scripts(boolean on) {
		this.driver.executeCdpCommand("Emulation.setScriptExecutionDisabled", Map.of("value", !on));
	}

	/** Prefers dark or light colours. */
	void dark(boolean dark) {
		this.driver.executeCdpCommand("Emulation.setEmulatedMedia",
				Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", dark ? "dark" : "light"))));
	}

	/** Becomes as narrow as a phone. */
	void phone() {
		resize(PHONE_WIDTH, PHONE_HEIGHT, true);
	}

	/** Becomes as wide as a screen on a desk. */
	void desktop() {
		resize(WIDTH, HEIGHT, false);
	}

	/** Takes a picture of the upper part of the open page. */
	byte[] picture(int width, int height) {
		resize(width, height, false);
		return this.driver.getScreenshotAs(OutputType.BYTES);
	}

	private void resize(int width, int height, boolean mobile) {
		this.driver.executeCdpCommand("Emulation.setDeviceMetricsOverride",
				Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", mobile));
	}

	/** Returns what keeps people from using the open page, of the two worst kinds. */
	List<String> barriers() {
		return barriers(new AxeBuilder(), true);
	}

	/**
	 * Returns which texts on the open page, after its barriers, do not stand out from
	 * what is behind them.
	 */
	List<String> faintTexts() {
		return barriers(new AxeBuilder().withRules(List.of("color-contrast")), false);
	}

	private List<String> barriers(AxeBuilder axe, boolean load) {
		// for pages without frames, which is several times as fast
		return axe.setLegacyMode()
			.disableIframeTesting()
			.analyze(this.driver, load)
			.getViolations()
			.stream()
			.filter((rule) -> GRAVE.contains(rule.getImpact()))
			.map((rule) -> rule.getHelp() + rule.getNodes().stream().map((node) -> "\n  " + node.getHtml()).toList())
			.toList();
	}

	/** Returns how far the open page reaches beyond the right edge. */
	long overflow() {
		return ((Number) script("return document.documentElement.scrollWidth - document.documentElement.clientWidth"))
			.longValue();
	}

	/**
	 * Returns what the browser has complained about since the last call, such as a script
	 * that the page forbids, but not that an address was not found.
	 */
	List<String> complaints() {
		return this.driver.manage()
			.logs()
			.get(LogType.BROWSER)
			.getAll()
			.stream()
			.map(LogEntry::getMessage)
			.filter((message) -> !message.contains("Failed to load resource"))
			.toList();
	}

	/** Loads the open page again with all that it needs, also what was loaded before. */
	void reload() {
		leave(() -> this.driver.executeCdpCommand("Page.reload", Map.of("ignoreCache", true)));
	}

	/** Returns how many bytes the open page and all that it needs have taken. */
	long received() {
		return ((Number) script("""
				return [...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')]
					.reduce((sum, entry) => sum + entry.transferSize, 0)""")).longValue();
	}

	@Override
	public void close() {
		this.driver.quit();
		try {
			FileSystemUtils.deleteRecursively(this.profile);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
