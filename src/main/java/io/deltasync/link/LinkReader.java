package io.deltasync.link;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import io.deltasync.api.RecordInFlight;
import io.deltasync.api.SourceAdapter;
import io.deltasync.api.TargetAdapter;
import io.deltasync.api.TargetAdapterForDeletes;
import io.deltasync.api.TargetAdapterForVerify;
import io.deltasync.config.ConfiguredValues;
import io.deltasync.config.Mask;
import io.deltasync.config.Section;
import io.deltasync.connection.AllConnections;
import io.deltasync.link.notification.LinkNotifications;
import io.deltasync.link.notification.Notifications;
import io.deltasync.mapping.Mapping;
import io.deltasync.mapping.MappingCompiler;
import io.deltasync.mapping.MappingSettings;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;

/**
 * Reads a Link from its section.
 */
final class LinkReader {

	private final AdapterReader<SourceAdapter> sources;

	private final AdapterReader<TargetAdapter> targets;

	private final FilterReader filters;

	private final Places.Pools pools;

	private final Notifications notifications;

	LinkReader(ConfigurableListableBeanFactory beans, AllConnections connections, Notifications notifications) {
		this.sources = new AdapterReader<>(beans, connections, SourceAdapter.class, "Source");
		this.targets = new AdapterReader<>(beans, connections, TargetAdapter.class, "Target");
		this.filters = new FilterReader(beans);
		this.pools = new Places.Pools(connections.databases());
		this.notifications = notifications;
	}

	/**
	 * Reads a Link.
	 * @param name its name
	 * @param section its section
	 * @return the Link; null if it is invalid, which is reported
	 */
	@Nullable Link read(String name, Section section) {
		checkName(name, section);
		ConfiguredAdapter<SourceAdapter> source = this.sources.read(name, section.part("source"));
		ConfiguredAdapter<TargetAdapter> target = this.targets.read(name, section.part("target"));
		List<LinkFilter> linkFilters = this.filters.read(section.elements("filters"));
		LinkSettings settings = section.bind(LinkSettings.class);
		if (settings == null) {
			section.finish();
			return null;
		}
		settings.check(section);
		checkDeletes(settings, target, section);
		checkVerify(settings, target, section);
		if (source != null && source.takesPushes()) {
			checkPushed(settings, source, section);
		}
		MappingSettings paths = (settings.mapping() != null) ? settings.mapping().asWritten(section) : null;
		Mask mask = new Mask(settings.mask(), (paths != null) ? paths.renamed() : Map.of());
		Mapping mapping = MappingCompiler.compile(paths, mask,
				(key, message) -> section.problem("mapping." + key, message));
		mask = mapping.masking(mask);
		Map<String, @Nullable Object> softDelete = softDelete(settings, section);
		Places places = this.pools.of(section.values(), section);
		LinkNotifications linkNotifications = this.notifications.of(settings.notifications(), section);
		section.finish();
		return (source != null && target != null) ? new Link(name, settings, mapping, mask, softDelete, linkFilters,
				source, target, shape(section), places, linkNotifications) : null;
	}

	/** Returns a digest of the mapping and the filters. */
	private static String shape(Section section) {
		Map<String, String> values = section.values();
		values.keySet().removeIf((key) -> !key.startsWith("mapping.") && !key.startsWith("filters."));
		return values.isEmpty() ? "" : ConfiguredValues.digest(values);
	}

	private static void checkPushed(LinkSettings settings, ConfiguredAdapter<SourceAdapter> source, Section section) {
		String why = "needs a source that fetches, but records are pushed to the source adapter '%s'; leave it out"
			.formatted(PrototypeBeans.shown(source.bean().name()));
		if (settings.fullSchedule() != null) {
			section.problem("full-schedule", why);
		}
		if (settings.verify().schedule() != null) {
			section.problem("verify.schedule", why);
		}
		if (settings.deletes() != Link.Deletes.OFF) {
			section.problem("deletes", why);
		}
	}

	private static void checkVerify(LinkSettings settings, @Nullable ConfiguredAdapter<TargetAdapter> target,
			Section section) {
		if (settings.verify().schedule() != null && target != null
				&& !TargetAdapterForVerify.class.isAssignableFrom(target.bean().implementation())) {
			section.problem("verify.schedule",
					"needs a target that can be compared, but the target adapter '%s' does not implement TargetAdapterForVerify; leave it out"
						.formatted(target.bean().name()));
		}
	}

	private static void checkDeletes(LinkSettings settings, @Nullable ConfiguredAdapter<TargetAdapter> target,
			Section section) {
		boolean deletes = settings.deletes() == Link.Deletes.SOFT || settings.deletes() == Link.Deletes.HARD;
		if (deletes && target != null
				&& !TargetAdapterForDeletes.class.isAssignableFrom(target.bean().implementation())) {
			section.problem("deletes",
					("is %s, but the target adapter '%s' only inserts and updates; let it honour a "
							+ "record's operation() and implement TargetAdapterForDeletes, or use report")
						.formatted(settings.deletes().name().toLowerCase(Locale.ROOT), target.bean().name()));
		}
	}

	/** Returns the configured values, converted to the types in the mapping. */
	private static Map<String, @Nullable Object> softDelete(LinkSettings settings, Section section) {
		MappingSettings mapping = (settings.mapping() != null) ? settings.mapping() : MappingSettings.NONE;
		Map<String, String> types = new HashMap<>(mapping.typed());
		types.keySet().retainAll(settings.softDelete().keySet());
		MappingSettings constants = new MappingSettings(null, null,
				section.map("soft-delete").asWritten(settings.softDelete()), null, null, types, mapping.nulls(),
				mapping.zone());
		RecordInFlight record = new RecordInFlight(Map.of());
		MappingCompiler
			.compile(constants, Mask.of(settings.mask()), (key, message) -> section.problem("soft-delete", message))
			.apply(record);
		Map<String, @Nullable Object> values = new LinkedHashMap<>();
		record.properties().forEach(values::put);
		return values;
	}

	private static void checkName(String name, Section section) {
		if (name.length() > Link.MAX_NAME_LENGTH) {
			section.problem(
					"has a name of %d characters; give one of up to %d".formatted(name.length(), Link.MAX_NAME_LENGTH));
		}
		if (name.isBlank()) {
			section.problem("has no name; write the name as a key below deltasync.links");
		}
		else if (!name.equals(name.strip()) || name.chars().anyMatch(Character::isISOControl)) {
			section.problem(
					"has a name that starts or ends with a blank, or contains a control character such as a line break");
		}
	}

}
