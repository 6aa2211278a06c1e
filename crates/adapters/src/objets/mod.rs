//! The object store: a folder of this machine or a bucket that speaks S3, through the crate `object_store`.

mod s3;

pub use s3::S3;

use app::ports::{ObjectError, ObjectStore};
use async_trait::async_trait;
use object_store::local::LocalFileSystem;
use object_store::path::Path as Key;
use object_store::{Error, ObjectStoreExt as _};
use std::path::Path;
use std::sync::Arc;

/// Objects of one folder or one bucket.
pub struct Objets {
    inner: Arc<dyn object_store::ObjectStore>,
}

impl Objets {
    /// Objects in a folder, made when it is not there. Every write is synchronised with the disk, file and folder,
    /// before it is told to be done: `object_store` does not do that by itself.
    ///
    /// # Errors
    /// When the folder cannot be made or used.
    pub fn folder(folder: &Path) -> Result<Self, ObjectError> {
        make_private(folder).map_err(|e| ObjectError(format!("{}: {e}", folder.display())))?;
        let inner = local(folder).map_err(|e| ObjectError(e.to_string()))?;
        Ok(Self { inner: Arc::new(inner) })
    }

    /// Objects in a bucket.
    ///
    /// # Errors
    /// When the settings make no sense together; whether the bucket answers is told by its first use.
    pub fn bucket(s3: &S3) -> Result<Self, ObjectError> {
        Ok(Self { inner: Arc::new(s3.client().map_err(|e| ObjectError(e.to_string()))?) })
    }
}

fn local(folder: &Path) -> Result<LocalFileSystem, Error> {
    Ok(LocalFileSystem::new_with_prefix(folder)?.with_fsync(true))
}

/// A folder that only its owner may read.
fn make_private(folder: &Path) -> std::io::Result<()> {
    let mut builder = std::fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::DirBuilderExt as _;
        builder.mode(0o700);
    }
    builder.create(folder)
}

fn told(error: &Error) -> ObjectError {
    ObjectError(error.to_string())
}

#[async_trait]
impl ObjectStore for Objets {
    async fn put(&self, cle: &str, octets: Vec<u8>) -> Result<(), ObjectError> {
        self.inner.put(&Key::from(cle), octets.into()).await.map(drop).map_err(|e| told(&e))
    }

    async fn get(&self, cle: &str) -> Result<Option<Vec<u8>>, ObjectError> {
        let found = match self.inner.get(&Key::from(cle)).await {
            Ok(found) => found,
            Err(Error::NotFound { .. }) => return Ok(None),
            Err(error) => return Err(told(&error)),
        };
        found.bytes().await.map(|octets| Some(octets.to_vec())).map_err(|e| told(&e))
    }

    async fn delete(&self, cle: &str) -> Result<(), ObjectError> {
        match self.inner.delete(&Key::from(cle)).await {
            Ok(()) | Err(Error::NotFound { .. }) => Ok(()),
            Err(error) => Err(told(&error)),
        }
    }

    async fn list(&self) -> Result<Vec<String>, ObjectError> {
        let all = self.inner.list_with_delimiter(None).await.map_err(|e| told(&e))?;
        Ok(all.objects.into_iter().map(|meta| meta.location.to_string()).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_folder_is_written_through_to_the_disk() {
        let folder = tempfile::tempdir().unwrap();
        // The option has no reader: what the library prints of itself tells it.
        assert!(format!("{:?}", local(folder.path()).unwrap()).contains("fsync: true"));
        let default = LocalFileSystem::new_with_prefix(folder.path()).unwrap();
        assert!(format!("{default:?}").contains("fsync: false"), "then this test proves nothing any more");
    }

    #[tokio::test]
    async fn a_folder_keeps_gives_back_lists_and_removes() {
        let folder = tempfile::tempdir().unwrap();
        let objets = Objets::folder(&folder.path().join("objets")).unwrap();
        assert_eq!(objets.get("a").await.unwrap(), None);
        objets.put("a", vec![1, 2, 3]).await.unwrap();
        objets.put("a", vec![4]).await.unwrap();
        objets.put("b", vec![]).await.unwrap();
        assert_eq!(objets.get("a").await.unwrap(), Some(vec![4]));
        let mut keys = objets.list().await.unwrap();
        keys.sort();
        assert_eq!(keys, ["a", "b"]);
        for _ in 0..2 {
            objets.delete("a").await.unwrap();
        }
        assert_eq!(objets.list().await.unwrap(), ["b"]);
    }

    #[cfg(unix)]
    #[test]
    fn nobody_else_on_the_machine_may_look_into_the_folder() {
        use std::os::unix::fs::PermissionsExt as _;
        let folder = tempfile::tempdir().unwrap();
        let objets = folder.path().join("objets");
        Objets::folder(&objets).unwrap();
        assert_eq!(std::fs::metadata(objets).unwrap().permissions().mode() & 0o777, 0o700);
    }
}
