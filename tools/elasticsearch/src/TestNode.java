import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;

import org.elasticsearch.common.logging.LogConfigurator;
import org.elasticsearch.common.settings.KeyStoreWrapper;
import org.elasticsearch.common.settings.Settings;
import org.elasticsearch.core.TimeValue;
import org.elasticsearch.env.Environment;
import org.elasticsearch.node.InternalSettingsPreparer;
import org.elasticsearch.node.Node;
import org.elasticsearch.plugins.PluginsLoader;

/** Starts one real Elasticsearch node from jars, without the distribution's CLI, root check, seccomp and entitlements. */
public final class TestNode {
    public static void main(String[] args) throws Exception {
        Path home = Path.of(System.getProperty("es.path.home")).toAbsolutePath();
        Path conf = Path.of(System.getProperty("es.path.conf", home.resolve("config").toString())).toAbsolutePath();
        LogConfigurator.registerErrorListener();
        Map<String, String> overrides = new java.util.HashMap<>();
        for (String a : args) { // key=value, over elasticsearch.yml
            int eq = a.indexOf('=');
            if (eq < 1) throw new IllegalArgumentException("expected key=value, got " + a);
            overrides.put(a.substring(0, eq), a.substring(eq + 1));
        }
        Settings base = Settings.builder().put("path.home", home.toString()).build();
        Environment env = InternalSettingsPreparer.prepareEnvironment(base, overrides, conf, () -> "test-node");
        Settings.Builder b = Settings.builder().put(env.settings());
        String pw = System.getenv("ELASTIC_PASSWORD");
        if (pw != null && !pw.isEmpty()) {
            KeyStoreWrapper ks = KeyStoreWrapper.create();
            ks.setString("bootstrap.password", pw.toCharArray());
            b.setSecureSettings(ks);
        }
        env = new Environment(b.build(), conf);
        LogConfigurator.setNodeName(Node.NODE_NAME_SETTING.get(env.settings()));
        LogConfigurator.configure(env, true);

        var modules = PluginsLoader.loadModulesBundles(env.modulesDir(), false);
        var plugins = PluginsLoader.loadPluginsBundles(env.pluginsDir(), false);
        PluginsLoader loader = PluginsLoader.createPluginsLoader(modules, plugins, Map.<String, Set<String>>of(), false);
        Node node = new Node(env, loader);
        CountDownLatch done = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            try {
                node.prepareForClose();
                node.close();
                node.awaitClose(20, java.util.concurrent.TimeUnit.SECONDS);
            } catch (Exception e) {
                e.printStackTrace();
            }
            done.countDown();
        }, "test-node-shutdown"));
        node.start();
        // Shards come up a little later than HTTP, and on the first start the server creates .security-7 on its own
        // about a second after HTTP; while that shard is not active, every login gets a 503.
        var threads = node.client().threadPool().getThreadContext();
        try (var ignored = threads.stashContext()) {
            threads.markAsSystemContext();
            TimeValue wait = TimeValue.timeValueSeconds(60);
            node.client().admin().cluster().prepareHealth(wait).setTimeout(wait).setWaitForYellowStatus().get();
            if (env.settings().getAsBoolean("xpack.security.enabled", true)) {
                TimeValue some = TimeValue.timeValueSeconds(20);
                node.client().admin().cluster().prepareHealth(some, ".security-7").setTimeout(some).setWaitForYellowStatus().get();
                Thread.sleep(1000); // the security plugin learns of the active shard slightly after the health call does
            }
        }
        System.out.println("READY");
        done.await();
    }
}
