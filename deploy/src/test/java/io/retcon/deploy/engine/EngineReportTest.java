package io.retcon.deploy.engine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

class EngineReportTest {
    private static final List<EngineReport.Engine> NONE_FOR_A_GPU =
            List.of(
                    new EngineReport.Engine("nd4j", true, List.of("cpu"), ""),
                    new EngineReport.Engine("libtorch-gpu", false, List.of(), ""));

    @TempDir private Path folder;

    @Test
    void withoutAGpuItExplainsItselfAndAsksForNothing() {
        // Given
        var gpus = Gpus.find(List.of("no-such-program-anywhere"));
        // When
        var report = EngineReport.of(gpus, CudaLibraries.in(Set.of()), NONE_FOR_A_GPU);
        // Then
        assertThat(report.advice())
                .containsExactly(
                        "There is no GPU to compute on here (there is no nvidia-smi here: no driver"
                            + " of NVIDIA is installed). Everything works on the CPU, with engine"
                            + " nd4j or libtorch.");
        assertThat(report.text()).contains("libtorch-gpu  not installed").contains("missing");
    }

    @Test
    void withAGpuItNamesEveryStepThatIsLeft() {
        // Given
        var gpus = Gpus.find(List.of("echo", "NVIDIA H200, 570.1.2, 143771, 9.0"));
        // When
        var report = EngineReport.of(gpus, CudaLibraries.in(Set.of()), NONE_FOR_A_GPU);
        // Then
        assertThat(report.gpus())
                .containsExactly(new Gpus.Gpu("NVIDIA H200", "570.1.2", 143_771, "9.0"));
        assertThat(report.advice()).hasSize(3);
        assertThat(report.advice().get(0)).contains("driver 570.1.2 is too old");
        assertThat(report.advice().get(1)).contains("pip install nvidia-cuda-runtime ");
        assertThat(report.advice().get(2)).contains("engine install libtorch-gpu");
    }

    @Test
    void whereAModelCanBeComputedOnAGpuNothingIsAdvised() {
        // Given
        var gpus = Gpus.find(List.of("echo", "NVIDIA H200, 580.65.06, 143771, 9.0"));
        var engine = new EngineReport.Engine("libtorch-gpu", true, List.of("cpu", "cuda:0"), "");
        // When
        var report = EngineReport.of(gpus, CudaLibraries.in(Set.of()), List.of(engine));
        // Then
        assertThat(report.advice()).isEmpty();
    }

    @Test
    void librariesOfPythonPackagesAreFound() throws IOException {
        // Given
        var packages = folder.resolve("lib/python3.12/site-packages/nvidia");
        var runtime = Files.createDirectories(packages.resolve("cu13/lib"));
        Files.createFile(runtime.resolve("libcudart.so.13"));
        var cudnn = Files.createDirectories(packages.resolve("cudnn/lib"));
        Files.createFile(cudnn.resolve("libcudnn.so.9"));
        // When
        var libraries = CudaLibraries.in(new LinkedHashSet<>(CudaLibraries.ofPython(folder)));
        // Then
        assertThat(libraries.folders()).containsExactly(runtime, cudnn);
        assertThat(libraries.missing())
                .extracting(CudaLibraries.Library::name)
                .contains("cublas", "nccl")
                .doesNotContain("cudart", "cudnn");
    }
}
