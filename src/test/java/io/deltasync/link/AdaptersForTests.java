package io.deltasync.link;

import java.time.Duration;
import java.util.List;

import io.deltasync.api.ConfigurableAdapter;
import io.deltasync.api.LinkContext;
import io.deltasync.api.RecordFilter;
import io.deltasync.api.RecordInFlight;
import io.deltasync.api.SourceAdapter;
import io.deltasync.api.TargetAdapter;
import io.deltasync.api.TargetAdapterForDeletes;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.beans.factory.support.RootBeanDefinition;

/**
 * A bean factory with one adapter of each kind.
 */
public final class AdaptersForTests {

	private AdaptersForTests() {
	}

	public static DefaultListableBeanFactory beans() {
		DefaultListableBeanFactory beans = new DefaultListableBeanFactory();
		prototype(beans, "dbSource", DbSource.class);
		prototype(beans, "dbTarget", DbTarget.class);
		prototype(beans, "plainTarget", PlainTarget.class);
		prototype(beans, "deletingTarget", DeletingTarget.class);
		prototype(beans, "setters", SettersSource.class);
		prototype(beans, "broken", BrokenSource.class);
		prototype(beans, "plain", PlainFilter.class);
		prototype(beans, "pattern", PatternFilter.class);
		beans.registerBeanDefinition("sharedFilter", new RootBeanDefinition(PlainFilter.class));
		beans.registerBeanDefinition("onlyOne", new RootBeanDefinition(DbSource.class));
		beans.registerSingleton("clock", Duration.ZERO);
		return beans;
	}

	private static void prototype(DefaultListableBeanFactory beans, String name, Class<?> type) {
		RootBeanDefinition definition = new RootBeanDefinition(type);
		definition.setScope(BeanDefinition.SCOPE_PROTOTYPE);
		beans.registerBeanDefinition(name, definition);
	}

	enum Mode {

		FAST, VERY_CAREFUL

	}

	record Login(String user, @Nullable String password) {

	}

	public record DbOptions(String connection, List<String> key, @Nullable String deltaColumn,
			@Nullable Duration overlap, @Nullable Mode mode, int fetchSize, @Nullable Integer pin,
			@Nullable Login login) {

		public DbOptions {
			if (fetchSize < 0) {
				throw new IllegalArgumentException("fetch-size is negative");
			}
			key = List.copyOf(key);
		}

		DbOptions(String connection) {
			this(connection, List.of("id"), null, null, null, 0, null, null);
		}

	}

	public static class DbSource implements SourceAdapter, ConfigurableAdapter<DbOptions> {

		public @Nullable DbOptions options;

		@Override
		public Class<DbOptions> optionsType() {
			return DbOptions.class;
		}

		@Override
		public void configure(DbOptions options) {
			if (options.connection().equals("nowhere")) {
				throw new IllegalArgumentException("there is no connection 'nowhere'");
			}
			this.options = options;
		}

	}

	static class PlainTarget implements TargetAdapter {

		@Override
		public int getBatchSizeLimit(LinkContext context) {
			return 100;
		}

		@Override
		public void pushRecords(LinkContext context, List<RecordInFlight> records) {
		}

	}

	record TargetOptions(@Nullable String key) {

	}

	static class DeletingTarget extends PlainTarget implements TargetAdapterForDeletes {

	}

	static class DbTarget extends PlainTarget implements ConfigurableAdapter<TargetOptions> {

		@Nullable TargetOptions options;

		@Override
		public Class<TargetOptions> optionsType() {
			return TargetOptions.class;
		}

		@Override
		public void configure(TargetOptions options) {
			this.options = options;
		}

	}

	static class Setters {

		private String path = "default";

		private int depth = 1;

		public String getPath() {
			return this.path;
		}

		public void setPath(String path) {
			this.path = path;
		}

		public int getDepth() {
			return this.depth;
		}

		public void setDepth(int depth) {
			if (depth < 0) {
				throw new IllegalArgumentException("the depth must not be negative");
			}
			this.depth = depth;
		}

	}

	static class SettersSource implements SourceAdapter, ConfigurableAdapter<Setters> {

		@Nullable Setters options;

		@Override
		public Class<Setters> optionsType() {
			return Setters.class;
		}

		@Override
		public void configure(Setters options) {
			this.options = options;
		}

	}

	static class PlainFilter implements RecordFilter {

		@Override
		public void process(LinkContext context, List<RecordInFlight> records) {
		}

	}

	record PatternOptions(String property, @Nullable String pattern) {

		PatternOptions {
			if ("*".equals(pattern)) {
				throw new IllegalArgumentException("the pattern matches everything");
			}
		}

	}

	static class PatternFilter extends PlainFilter implements ConfigurableAdapter<PatternOptions> {

		@Nullable PatternOptions options;

		@Override
		public Class<PatternOptions> optionsType() {
			return PatternOptions.class;
		}

		@Override
		public void configure(PatternOptions options) {
			this.options = options;
		}

	}

	static class BrokenSource implements SourceAdapter {

		BrokenSource() {
			throw new IllegalStateException("the licence has expired");
		}

	}

}
