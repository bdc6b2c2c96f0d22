package io.retcon.deploy.cluster;

import io.retcon.deploy.cli.Column;
import io.retcon.deploy.cli.OutputOption;
import io.retcon.deploy.rights.Right;
import io.retcon.deploy.rights.Rights;
import io.retcon.deploy.rights.RightsTable;

import org.apache.kafka.common.acl.AclOperation;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;

/** Lists what each component needs. */
@Command(
        name = "rights",
        description = "Lists the least rights with which each component does its work.")
public final class RightsCommand implements Callable<Integer> {
    private record Row(String user, String resource, String pattern, String name, String may) {
        static Row of(Rights rights, Right right) {
            var resource = right.resource();
            return new Row(
                    rights.user(),
                    lower(resource.resourceType()),
                    lower(resource.patternType()),
                    resource.name(),
                    right.operations().stream()
                            .map(AclOperation::name)
                            .map(RightsCommand::lower)
                            .collect(Collectors.joining(", ")));
        }
    }

    @Mixin private OutputOption output;

    @Override
    public Integer call() {
        var rows =
                RightsTable.all().stream()
                        .flatMap(rights -> rights.rights().stream().map(r -> Row.of(rights, r)))
                        .toList();
        output.rows(
                rows,
                List.of(
                        new Column<>("USER", Row::user),
                        new Column<>("RESOURCE", Row::resource),
                        new Column<>("PATTERN", Row::pattern),
                        new Column<>("NAME", Row::name),
                        new Column<>("MAY", Row::may)));
        return 0;
    }

    private static String lower(Object name) {
        return name.toString().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
